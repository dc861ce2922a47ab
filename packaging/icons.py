"""Draws the icon as PNG in all sizes, as .ico and as .icns, into build/icons."""

import os
import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "resources" / "icons" / "al-desktop.svg"
DESTINATION = ROOT / "build" / "icons"
PNG_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
ICO_SIZES = (16, 24, 32, 48, 64, 256)
# Apple's names for PNG images of these sizes inside an .icns file.
ICNS_SIZES = {
    b"icp4": 16,
    b"icp5": 32,
    b"ic07": 128,
    b"ic08": 256,
    b"ic09": 512,
    b"ic10": 1024,
    b"ic11": 32,
    b"ic12": 64,
    b"ic13": 256,
    b"ic14": 512,
}


def png(renderer: QSvgRenderer, size: int) -> bytes:
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub knows bytes only
    return bytes(buffer.data().data())


def ico(images: dict[int, bytes]) -> bytes:
    """A Windows icon: a directory of 16-byte entries, then the PNG files."""
    header = struct.pack("<HHH", 0, 1, len(images))
    offset = len(header) + 16 * len(images)
    entries, data = b"", b""
    for size, image in images.items():
        side = size % 256  # 0 stands for 256
        entries += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(image), offset)
        offset += len(image)
        data += image
    return header + entries + data


def icns(images: dict[bytes, bytes]) -> bytes:
    """A macOS icon: chunks of type, length (of header and content, big-endian) and content."""
    chunks = b"".join(
        kind + struct.pack(">I", len(image) + 8) + image for kind, image in images.items()
    )
    return b"icns" + struct.pack(">I", len(chunks) + 8) + chunks


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication(sys.argv[:1])
    renderer = QSvgRenderer(str(SOURCE), application)
    DESTINATION.mkdir(parents=True, exist_ok=True)
    for size in PNG_SIZES:
        (DESTINATION / f"{size}.png").write_bytes(png(renderer, size))
    windows = ico({size: png(renderer, size) for size in ICO_SIZES})
    (DESTINATION / "al-desktop.ico").write_bytes(windows)
    apple = icns({kind: png(renderer, size) for kind, size in ICNS_SIZES.items()})
    (DESTINATION / "al-desktop.icns").write_bytes(apple)


if __name__ == "__main__":
    main()
