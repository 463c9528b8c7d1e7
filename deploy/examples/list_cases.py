"""Lists cases of the register over gRPC, without generated code: the server tells its own types.

    pip install grpcio grpcio-reflection
    python list_cases.py 127.0.0.1:8443 .vigil/tls 'mission = MINUSMA'
"""
import sys

import grpc
from google.protobuf import descriptor_pool, message_factory
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase

address, tls, condition = sys.argv[1:4]


def read(name):
    with open(f"{tls}/{name}", "rb") as file:
        return file.read()


credentials = grpc.ssl_channel_credentials(
    root_certificates=read("ca.pem"),
    private_key=read("clients/example-state.key"),
    certificate_chain=read("clients/example-state.pem"),
)
with grpc.secure_channel(address, credentials) as channel:
    types = descriptor_pool.DescriptorPool(ProtoReflectionDescriptorDatabase(channel))

    def message(name):
        return message_factory.GetMessageClass(types.FindMessageTypeByName(f"vigil.cases.v1.{name}"))

    list_cases = channel.unary_unary(
        "/vigil.cases.v1.CaseService/ListCases",
        request_serializer=lambda request: request.SerializeToString(),
        response_deserializer=message("ListCasesResponse").FromString,
    )
    request = message("ListCasesRequest")(filter=condition, page_size=100)
    while True:
        page = list_cases(request, timeout=10)
        for case in page.cases:
            date = case.incident_date
            print(f"{case.display_number}  {date.year:04}-{date.month:02}-{date.day:02}  {case.victim_count}")
        if not page.next_page_token:
            break
        request.page_token = page.next_page_token
