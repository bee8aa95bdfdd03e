"""Pydantic AI agents with a tool, instrumented by what Pydantic AI itself has for OpenTelemetry."""
import asyncio
import os
from functools import partial

from exporting import begin, finish, start
from pydantic_ai import Agent
from pydantic_ai.exceptions import ModelHTTPError
from pydantic_ai.models.anthropic import AnthropicModel
from pydantic_ai.models.instrumented import InstrumentationSettings
from pydantic_ai.models.openai import OpenAIChatModel, OpenAIResponsesModel
from pydantic_ai.providers.anthropic import AnthropicProvider

provider = begin()
Agent.instrument_all(InstrumentationSettings(version=int(os.environ.get("DATA_FORMAT", 5))))
account = AnthropicProvider(api_key="none", base_url=os.environ["MODEL_STAND_IN_URL"])


def weather_agent(model, fails=False):
    agent = Agent(model, name="forecaster", instructions="Be short.", model_settings={"max_tokens": 100})

    @agent.tool_plain
    def weather(city: str) -> dict:
        """The weather of a city."""
        if fails:
            raise ValueError("no weather today")
        return {"city": city, "sky": "clear"}

    return agent


question = "Where is Rome?"


def ask(model):
    traces = {}
    called = partial(start, traces)
    with called("run"):
        weather_agent(model).run_sync(question)
    with called("streamed"):

        async def stream():
            async with weather_agent(model).run_stream(question) as answer:
                async for _ in answer.stream_text():
                    pass

        asyncio.run(stream())
    with called("failed tool"):
        try:
            weather_agent(model, fails=True).run_sync(question)
            raise AssertionError("the tool answered")
        except ValueError:
            pass
    return traces


answers = {
    "openai": ask(OpenAIChatModel("gpt-4o")),
    "responses": ask(OpenAIResponsesModel("gpt-4o")),
    "anthropic": ask(AnthropicModel("claude-sonnet-4-5", provider=account)),
    "broken": {},
}
for name, model in {
    "openai": OpenAIChatModel("broken"),
    "anthropic": AnthropicModel("broken", provider=account),
}.items():
    with start(answers["broken"], name):
        try:
            weather_agent(model).run_sync(question)
            raise AssertionError("the broken model answered")
        except ModelHTTPError:
            pass
finish(provider, **answers)
