"""OpenInference's instrumentations of the OpenAI and Anthropic clients, with whom a call is for set around it."""
from anthropic_calls import ask_anthropic
from exporting import begin, finish
from openai_calls import ask_openai
from openinference.instrumentation import using_attributes
from openinference.instrumentation.anthropic import AnthropicInstrumentor
from openinference.instrumentation.openai import OpenAIInstrumentor

provider = begin()
OpenAIInstrumentor().instrument()
AnthropicInstrumentor().instrument()
with using_attributes(user_id="ada", session_id="s-openinference", metadata={"shop": "7"}, tags=["b", "a"]):
    openai = ask_openai()
    anthropic = ask_anthropic()
finish(provider, openai=openai, anthropic=anthropic)
