"""What an application asks through LiteLLM, of both protocols, with what it says of its trace: {name: trace id}."""
import os

import litellm

question = [{"role": "system", "content": "Be short."}, {"role": "user", "content": "Where is Rome?"}]
weather = {
    "name": "weather",
    "description": "The weather of a city",
    "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
}
tools = [{"type": "function", "function": weather}]
openai = {"model": "openai/gpt-4o", "api_base": os.environ["OPENAI_BASE_URL"], "api_key": "none"}
anthropic = {
    "model": "anthropic/claude-sonnet-4-5",
    "api_base": f"{os.environ['MODEL_STAND_IN_URL']}/v1/messages",
    "api_key": "none",
}


def ask(tell):
    """`tell` gives the metadata of a call by its name."""
    for provider, account in (("openai", openai), ("anthropic", anthropic)):
        account = {**account, "messages": question, "max_tokens": 100, "num_retries": 0}
        litellm.completion(temperature=0.5, metadata=tell(f"{provider} chat"), **account)
        for _ in litellm.completion(
            stream=True,
            stream_options={"include_usage": True},
            metadata=tell(f"{provider} streamed"),
            **account,
        ):
            pass
        litellm.completion(tools=tools, metadata=tell(f"{provider} tool"), **account)
        try:
            broken = {**account, "model": f"{provider}/broken"}
            litellm.completion(metadata=tell(f"{provider} failed"), **broken)
            raise AssertionError("the broken model answered")
        except litellm.BadRequestError:
            pass
    litellm.embedding(
        model="openai/text-embedding-3-small",
        input=["Rome"],
        api_base=openai["api_base"],
        api_key="none",
        metadata=tell("openai embedding"),
    )
