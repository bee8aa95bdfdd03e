"""The drop-in replacement of the OpenAI client in the SDK of the batch generation."""
import asyncio

from langfuse import Langfuse
from langfuse.decorators import langfuse_context, observe
from langfuse.openai import AsyncOpenAI, OpenAI, openai
from openai import BadRequestError
from reading import begin, describe, find_trace, finish, prompt_name, read_trace, user

begin()
langfuse = Langfuse()
prompt = langfuse.create_prompt(name=prompt_name, prompt="Where is {{what}}?", labels=["production"])
weather = {
    "name": "weather",
    "description": "The weather of a city",
    "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
}
question = [{"role": "user", "content": prompt.compile(what="Rome")}]
model = OpenAI(max_retries=0)

# A call outside of anything is a trace of its own.
model.chat.completions.create(
    name="alone",
    model="gpt-4o",
    messages=question,
    temperature=0.5,
    max_tokens=100,
    seed=7,
    metadata={"step": "first"},
    user_id=user,
    session_id="s-openai",
    tags=["b", "a"],
    langfuse_prompt=prompt,
)


@observe(name="desk")
def help_out():
    langfuse_context.update_current_trace(name="help", user_id=user, session_id="s-openai")
    trace_id = langfuse_context.get_current_trace_id()
    streamed = "".join(
        (chunk.choices[0].delta.content or "") if chunk.choices else ""
        for chunk in model.chat.completions.create(
            name="streamed",
            model="gpt-4o",
            messages=question,
            stream=True,
            stream_options={"include_usage": True},
        )
    )
    tools = [{"type": "function", "function": weather}]
    model.chat.completions.create(name="tool", model="gpt-4o", messages=question, tools=tools)
    for _ in model.chat.completions.create(
        name="streamed tool", model="gpt-4o", messages=question, tools=tools, stream=True
    ):
        pass
    model.responses.create(name="response", model="gpt-4o", input="Where is Rome?")
    # This generation of the client does not see embeddings: the call is to work all the same.
    model.embeddings.create(model="text-embedding-3-small", input="Rome", encoding_format="float")
    asyncio.run(ask())
    try:
        model.chat.completions.create(name="failed", model="broken", messages=question)
        raise AssertionError("the broken model answered")
    except BadRequestError as error:
        return {"trace": trace_id, "streamed": streamed, "failure": str(error)}


async def ask():
    return await AsyncOpenAI(max_retries=0).chat.completions.create(name="async", model="gpt-4o", messages=question)


answer = help_out()
langfuse_context.flush()
openai.flush_langfuse()

finish(
    alone=describe(read_trace(langfuse, find_trace(langfuse, "alone"), 1)),
    desk=describe(read_trace(langfuse, answer["trace"], 6)),
    streamed=answer["streamed"],
    failure=answer["failure"],
)
