"""What an application asks of an OpenAI model, each in a trace of its own: {name: trace id}."""
import asyncio
from functools import partial

from exporting import start, weather
from openai import AsyncOpenAI, BadRequestError, OpenAI

question = [{"role": "system", "content": "Be short."}, {"role": "user", "content": "Where is Rome?"}]
tools = [{"type": "function", "function": weather}]


def ask_openai():
    model = OpenAI(max_retries=0)
    traces = {}
    called = partial(start, traces)
    with called("chat"):
        model.chat.completions.create(
            model="gpt-4o", messages=question, temperature=0.5, max_completion_tokens=100, seed=7
        )
    with called("streamed"):
        for _ in model.chat.completions.create(
            model="gpt-4o", messages=question, stream=True, stream_options={"include_usage": True}
        ):
            pass
    with called("tool"):
        asked = model.chat.completions.create(model="gpt-4o", messages=question, tools=tools)
        call = asked.choices[0].message.tool_calls[0]
        told = {"role": "tool", "tool_call_id": call.id, "content": "sunny"}
        model.chat.completions.create(
            model="gpt-4o",
            messages=[*question, asked.choices[0].message.model_dump(exclude_none=True), told],
            tools=tools,
        )
    with called("streamed tool"):
        for _ in model.chat.completions.create(
            model="gpt-4o", messages=question, tools=tools, stream=True, stream_options={"include_usage": True}
        ):
            pass
    with called("response"):
        model.responses.create(
            model="gpt-4o",
            instructions="Be short.",
            input="Where is Rome?",
            temperature=0.5,
            tools=[{"type": "function", "strict": False, **weather}],
        )
    with called("embedding"):
        model.embeddings.create(model="text-embedding-3-small", input="Rome", encoding_format="float")
    with called("async"):

        async def ask():
            await AsyncOpenAI(max_retries=0).chat.completions.create(model="gpt-4o", messages=question)

        asyncio.run(ask())
    with called("failed"):
        try:
            model.chat.completions.create(model="broken", messages=question)
            raise AssertionError("the broken model answered")
        except BadRequestError:
            pass
    return traces

