"""OpenTelemetry's own instrumentation of the OpenAI client, by its environment: the GenAI conventions on spans."""
from exporting import begin, finish
from openai_calls import ask_openai
from opentelemetry.instrumentation.openai_v2 import OpenAIInstrumentor

provider = begin()
OpenAIInstrumentor().instrument()
finish(provider, openai=ask_openai())
