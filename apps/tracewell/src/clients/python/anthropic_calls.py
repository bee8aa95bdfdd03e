"""What an application asks of an Anthropic model, each in a trace of its own: {name: trace id}."""
import asyncio
import os
from functools import partial

from anthropic import Anthropic, AsyncAnthropic, BadRequestError
from exporting import start, weather

question = [{"role": "user", "content": "Where is Rome?"}]
tools = [
    {"name": weather["name"], "description": weather["description"], "input_schema": weather["parameters"]}
]
common = {"model": "claude-sonnet-4-5", "max_tokens": 100, "system": "Be short."}


def ask_anthropic():
    account = {"base_url": os.environ["MODEL_STAND_IN_URL"], "api_key": "none", "max_retries": 0}
    model = Anthropic(**account)
    traces = {}
    called = partial(start, traces)

    with called("chat"):
        model.messages.create(messages=question, stop_sequences=["END"], **common)
    with called("streamed"):
        for _ in model.messages.create(messages=question, stream=True, **common):
            pass
    with called("stream manager"):
        with model.messages.stream(messages=question, **common) as stream:
            stream.get_final_message()
    with called("tool"):
        asked = model.messages.create(messages=question, tools=tools, **common)
        told = {"type": "tool_result", "tool_use_id": asked.content[0].id, "content": "sunny"}
        called_tool = {"role": "assistant", "content": [part.model_dump(exclude_none=True) for part in asked.content]}
        model.messages.create(
            messages=[*question, called_tool, {"role": "user", "content": [told]}], tools=tools, **common
        )
    with called("streamed tool"):
        for _ in model.messages.create(messages=question, tools=tools, stream=True, **common):
            pass
    with called("async"):

        async def ask():
            await AsyncAnthropic(**account).messages.create(messages=question, **common)

        asyncio.run(ask())
    with called("failed"):
        try:
            model.messages.create(messages=question, **{**common, "model": "broken"})
            raise AssertionError("the broken model answered")
        except BadRequestError:
            pass
    return traces
