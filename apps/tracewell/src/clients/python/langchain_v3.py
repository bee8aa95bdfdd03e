"""The LangChain callback of the SDKs on OpenTelemetry (the third and the fourth generation)."""
from langchain.agents import create_agent
from langchain_core.documents import Document
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.retrievers import BaseRetriever
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI
from openai import BadRequestError

from langfuse import get_client
from langfuse.langchain import CallbackHandler
from reading import begin, describe, find_trace, finish, prompt_name, read_trace, user

begin()
langfuse = get_client()
prompt = langfuse.create_prompt(name=prompt_name, prompt="Where is {{what}}?", labels=["production"])


class Shelf(BaseRetriever):
    def _get_relevant_documents(self, query, *, run_manager):
        return [Document(page_content=f"A book on {query}", metadata={"row": 3})]


@tool
def weather(city: str) -> str:
    """The weather of a city."""
    return f"Sun in {city}"


def configure(name, **metadata):
    return {
        "callbacks": [CallbackHandler()],
        "run_name": name,
        "metadata": {
            "langfuse_user_id": user,
            "langfuse_session_id": "s-chain",
            "langfuse_tags": ["b", "a"],
            "shop": "7",
            **metadata,
        },
    }


model = ChatOpenAI(model="gpt-4o", temperature=0.5, max_retries=0, stream_usage=True)
question = ChatPromptTemplate.from_template(prompt.get_langchain_prompt())
question.metadata = {"langfuse_prompt": prompt}

chain = question | model | StrOutputParser()
answer = chain.invoke({"what": "Rome"}, configure("chain"))
streamed = "".join(chain.stream({"what": "Rome"}, configure("stream")))
shelf = Shelf() | (lambda documents: documents[0].page_content)
shelf.invoke("Rome", configure("shelf"))
agent = create_agent(model, [weather])
agent.invoke({"messages": [{"role": "user", "content": "How is the weather?"}]}, configure("agent"))
try:
    (question | ChatOpenAI(model="broken", max_retries=0)).invoke({"what": "Rome"}, configure("failing"))
    raise AssertionError("the broken model answered")
except BadRequestError as error:
    failure = str(error)
langfuse.flush()

counts = {"chain": 4, "stream": 4, "shelf": 3, "agent": 7, "failing": 3}
finish(
    **{name: describe(read_trace(langfuse, find_trace(langfuse, name), count)) for name, count in counts.items()},
    answer=answer,
    streamed=streamed,
    failure=failure,
)
