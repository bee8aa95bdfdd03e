"""The spans that Anthropic's client writes by itself, with contents as the environment asks for them."""
from anthropic_calls import ask_anthropic
from exporting import begin, finish

provider = begin()
finish(provider, anthropic=ask_anthropic())
