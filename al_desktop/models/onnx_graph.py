"""Cuts an ONNX model after an inner layer, without the onnx package.

An ONNX file is one protobuf message (onnx.proto): fields are a tag, and a number or bytes. Only
the few fields named here are looked into; all others are copied as they are.
"""

from collections.abc import Iterator

_MODEL_GRAPH = 7
_NODE, _INITIALIZER, _OUTPUT = 1, 5, 12
_NODE_INPUT, _NODE_OUTPUT = 1, 2
_TENSOR_NAME = 8


def cut_after(model: bytes, output: str) -> bytes:
    """The model that ends with the node that makes `output`, float tensor, its only output; the
    nodes and weights that come later are left out. Nodes of ONNX are in order of computation.

    Raises ValueError for a model in which no node makes it.
    """
    return b"".join(
        _field(number, _cut_graph(content, output.encode())) if number == _MODEL_GRAPH else raw
        for number, content, raw in _fields(model)
    )


def _cut_graph(graph: bytes, output: bytes) -> bytes:
    fields = list(_fields(graph))
    kept: list[bytes] = []
    needed: set[bytes] = set()
    for number, content, raw in fields:
        if number == _NODE:
            kept.append(raw)
            node = list(_fields(content))
            needed.update(name for part, name, _ in node if part == _NODE_INPUT)
            if output in (name for part, name, _ in node if part == _NODE_OUTPUT):
                break
    else:
        raise ValueError(f"no node of the model makes {output.decode()}")
    for number, content, raw in fields:
        if number == _INITIALIZER:
            if any(part == _TENSOR_NAME and name in needed for part, name, _ in _fields(content)):
                kept.append(raw)
        elif number not in (_NODE, _OUTPUT):
            kept.append(raw)
    # ValueInfoProto: name, and as type a tensor of floats.
    kept.append(_field(_OUTPUT, _field(1, output) + b"\x12\x04\n\x02\x08\x01"))
    return b"".join(kept)


def _fields(message: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Number, content (of bytes alone) and whole encoding of each field, in order."""
    place = 0
    while place < len(message):
        begin = place
        tag, place = _varint(message, place)
        content = b""
        match tag & 7:
            case 0:
                _, place = _varint(message, place)
            case 1:
                place += 8
            case 2:
                length, place = _varint(message, place)
                content = message[place : place + length]
                place += length
            case 5:
                place += 4
            case kind:
                raise ValueError(f"a field of kind {kind} in an ONNX file")
        yield tag >> 3, content, message[begin:place]


def _varint(message: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[place]
        place += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, place


def _field(number: int, content: bytes) -> bytes:
    return _as_varint(number << 3 | 2) + _as_varint(len(content)) + content


def _as_varint(value: int) -> bytes:
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)
