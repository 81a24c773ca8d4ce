"""Makes calls with boto3, a client that is not ours: a JSON list on standard input, the answers on standard output.

Each call is [service, method, parameters]; each answer is the response, or {"error": code}.
"""

import functools
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

URL, REGION, ACCOUNT = sys.argv[1:4]
SETTINGS = Config(region_name=REGION, retries={"total_max_attempts": 2})
# MiniStack takes an access key of twelve digits for the account.
SESSION = boto3.Session(aws_access_key_id=ACCOUNT, aws_secret_access_key="secret")


@functools.cache
def client(service):
    return SESSION.client(service, endpoint_url=URL, config=SETTINGS)


def answer(service, method, parameters):
    try:
        response = getattr(client(service), method)(**parameters)
    except ClientError as error:
        return {"error": error.response["Error"]["Code"]}
    response.pop("ResponseMetadata", None)
    return response


json.dump([answer(*call) for call in json.load(sys.stdin)], sys.stdout, default=str)
