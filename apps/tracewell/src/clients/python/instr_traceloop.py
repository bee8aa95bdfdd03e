"""OpenLLMetry's (Traceloop's) instrumentations of the OpenAI and Anthropic clients."""
from anthropic_calls import ask_anthropic
from exporting import begin, finish
from openai_calls import ask_openai
from opentelemetry.instrumentation.anthropic import AnthropicInstrumentor
from opentelemetry.instrumentation.openai import OpenAIInstrumentor

provider = begin()
OpenAIInstrumentor().instrument()
AnthropicInstrumentor().instrument()
openai = ask_openai()
anthropic = ask_anthropic()
finish(provider, openai=openai, anthropic=anthropic)
