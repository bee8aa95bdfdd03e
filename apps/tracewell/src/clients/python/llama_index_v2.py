"""The LlamaIndex instrumentor of the SDK of the batch generation."""
import os

from llama_index.core import VectorStoreIndex
from llama_index.core.embeddings import MockEmbedding
from llama_index.core.llms import ChatMessage
from llama_index.core.schema import TextNode
from llama_index.core.tools import FunctionTool
from llama_index.llms.openai import OpenAI
from openai import BadRequestError

from langfuse import Langfuse
from langfuse.llama_index import LlamaIndexInstrumentor
from reading import begin, describe, finish, read_trace, user

begin()
langfuse = Langfuse()
instrumentor = LlamaIndexInstrumentor()


def weather(city: str) -> str:
    """The weather of a city."""
    return f"Sun in {city}"


connection = {"api_base": os.environ["OPENAI_BASE_URL"], "max_retries": 0}
model = OpenAI(model="gpt-4o", temperature=0.5, **connection)
index = VectorStoreIndex(
    [TextNode(id_="n1", text="Rome is in Italy.", metadata={"row": 3})], embed_model=MockEmbedding(embed_dim=3)
)
engine = index.as_query_engine(llm=model)
tools = [FunctionTool.from_defaults(weather)]
question = [ChatMessage(role="user", content="Where is Rome?")]


def trace(name, work):
    """Does the work as a trace of that name; gives the trace's id and what came of the work."""
    with instrumentor.observe(
        trace_name=name,
        user_id=user,
        session_id="s-index",
        tags=["b", "a"],
        metadata={"shop": "7"},
        update_parent=True,
    ) as root:
        return root.id, work()


def fail():
    try:
        OpenAI(model="gpt-4o", **connection, additional_kwargs={"model": "broken"}).chat(question)
    except BadRequestError as error:
        return str(error)
    raise AssertionError("the broken model answered")


traces = {
    "query": trace("query", lambda: str(engine.query("Where is Rome?"))),
    "chat": trace("chat", lambda: str(model.chat(question).message.content)),
    "stream": trace("stream", lambda: "".join(part.delta or "" for part in model.stream_chat(question))),
    "tool": trace("tool", lambda: str(model.predict_and_call(tools, user_msg="How is the weather?"))),
    "failing": trace("failing", fail),
}
instrumentor.flush()

# It does not look into a stream, so that such a trace has no output.
counts = {"query": 14, "chat": 1, "stream": 1, "tool": 5, "failing": 1}
finish(
    **{name: describe(read_trace(langfuse, id, counts[name], name != "stream")) for name, (id, _) in traces.items()},
    answers={name: answer for name, (_, answer) in traces.items()},
)
