"""The LangChain callback of the SDK of the batch generation."""
from langchain.agents import AgentExecutor, create_tool_calling_agent
from langchain_core.documents import Document
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.retrievers import BaseRetriever
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI
from openai import BadRequestError

from langfuse import Langfuse
from langfuse.callback import CallbackHandler
from reading import begin, describe, find_trace, finish, prompt_name, read_trace, user

begin()
langfuse = Langfuse()
prompt = langfuse.create_prompt(name=prompt_name, prompt="Where is {{what}}?", labels=["production"])


class Shelf(BaseRetriever):
    def _get_relevant_documents(self, query, *, run_manager):
        return [Document(page_content=f"A book on {query}", metadata={"row": 3})]


@tool
def weather(city: str) -> str:
    """The weather of a city."""
    return f"Sun in {city}"


handlers = []


def configure(name):
    handlers.append(
        CallbackHandler(
            user_id=user, session_id="s-chain", tags=["b", "a"], metadata={"shop": "7"}, trace_name=f"{name} trace"
        )
    )
    return {"callbacks": [handlers[-1]], "run_name": name}


model = ChatOpenAI(model="gpt-4o", temperature=0.5, max_retries=0, stream_usage=True)
question = ChatPromptTemplate.from_template(prompt.get_langchain_prompt())
question.metadata = {"langfuse_prompt": prompt}

chain = question | model | StrOutputParser()
answer = chain.invoke({"what": "Rome"}, configure("chain"))
streamed = "".join(chain.stream({"what": "Rome"}, configure("stream")))
shelf = Shelf() | (lambda documents: documents[0].page_content)
shelf.invoke("Rome", configure("shelf"))
instructions = ChatPromptTemplate.from_messages([("human", "{input}"), ("placeholder", "{agent_scratchpad}")])
agent = AgentExecutor(agent=create_tool_calling_agent(model, [weather], instructions), tools=[weather])
agent.invoke({"input": "How is the weather?"}, configure("agent"))
try:
    (question | ChatOpenAI(model="broken", max_retries=0)).invoke({"what": "Rome"}, configure("failing"))
    raise AssertionError("the broken model answered")
except BadRequestError as error:
    failure = str(error)
for handler in handlers:
    handler.flush()

counts = {"chain": 4, "stream": 4, "shelf": 3, "agent": 16, "failing": 3}
finish(
    **{
        name: describe(read_trace(langfuse, find_trace(langfuse, f"{name} trace"), count))
        for name, count in counts.items()
    },
    answer=answer,
    streamed=streamed,
    failure=failure,
)
