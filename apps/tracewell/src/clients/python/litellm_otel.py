"""LiteLLM's callback that exports OpenTelemetry spans to Langfuse's address: it begins each trace itself."""
import json
import logging
import sys

import litellm
from litellm_calls import ask

logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
litellm.callbacks = ["langfuse_otel"]
names = []


def tell(name):
    names.append(name)
    return {"trace_name": name, "generation_name": f"ask {name}", "trace_user_id": "ada", "session_id": name}


ask(tell)
print(json.dumps(names))
