"""The drop-in replacement of the OpenAI client in the SDKs on OpenTelemetry (the third and the fourth generation)."""
import asyncio

from langfuse import get_client, propagate_attributes
from langfuse.openai import AsyncOpenAI, OpenAI
from openai import BadRequestError
from reading import begin, describe, finish, prompt_name, read_trace, user

begin()
langfuse = get_client()
prompt = langfuse.create_prompt(name=prompt_name, prompt="Where is {{what}}?", labels=["production"])
weather = {
    "name": "weather",
    "description": "The weather of a city",
    "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
}
question = [{"role": "user", "content": prompt.compile(what="Rome")}]
model = OpenAI(max_retries=0)

with langfuse.start_as_current_observation(name="desk", as_type="span") as root:
    with propagate_attributes(
        trace_name="help", user_id=user, session_id="s-openai", tags=["b", "a"], metadata={"shop": "7"}
    ):
        model.chat.completions.create(
            name="chat",
            model="gpt-4o",
            messages=question,
            temperature=0.5,
            max_completion_tokens=100,
            seed=7,
            metadata={"step": "first"},
            langfuse_prompt=prompt,
        )
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
        model.responses.create(name="response", model="gpt-4o", instructions="Be short.", input="Where is Rome?")
        for _ in model.responses.create(name="streamed response", model="gpt-4o", input="Where is Rome?", stream=True):
            pass
        model.responses.create(
            name="response tool", model="gpt-4o", input="Where is Rome?", tools=[{"type": "function", **weather}]
        )
        model.embeddings.create(name="embedding", model="text-embedding-3-small", input="Rome", encoding_format="float")

        async def ask():
            return await AsyncOpenAI(max_retries=0).chat.completions.create(
                name="async", model="gpt-4o", messages=question
            )

        asyncio.run(ask())
        try:
            model.chat.completions.create(name="failed", model="broken", messages=question)
            raise AssertionError("the broken model answered")
        except BadRequestError as error:
            failure = str(error)
langfuse.flush()

finish(help=describe(read_trace(langfuse, root.trace_id, 11)), streamed=streamed, failure=failure)
