"""Writes what Windows shows on the Details page of the program, in PyInstaller's format.

python packaging/windows_version.py VERSION DESTINATION
"""

import sys
from pathlib import Path

TEMPLATE = """VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, OS=0x40004, fileType=0x1),
  kids=[
    StringFileInfo([StringTable("040904B0", [
      StringStruct("CompanyName", "The AL Desktop developers"),
      StringStruct("FileDescription", "AL Desktop"),
      StringStruct("FileVersion", "{version}"),
      StringStruct("InternalName", "al-desktop"),
      StringStruct("LegalCopyright", "MIT licence"),
      StringStruct("OriginalFilename", "al-desktop.exe"),
      StringStruct("ProductName", "AL Desktop"),
      StringStruct("ProductVersion", "{version}"),
    ])]),
    VarFileInfo([VarStruct("Translation", [0x0409, 1200])]),
  ],
)
"""


def main(version: str, destination: Path) -> None:
    parts = [int(part) for part in version.split(".")]
    numbers = tuple((parts + [0] * 4)[:4])
    destination.write_text(TEMPLATE.format(numbers=numbers, version=version), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
