"""al-desktop new"""

from argparse import ArgumentParser, Namespace

from al_desktop.cli.command import Command, add_project_argument, project_path
from al_desktop.cli.recipe_arguments import add_recipe_arguments, recipe
from al_desktop.project import create_project


def _add_arguments(parser: ArgumentParser) -> None:
    add_project_argument(parser)
    add_recipe_arguments(parser)


def _run(arguments: Namespace) -> int:
    path = project_path(arguments.project)
    create_project(path, path.stem, recipe(arguments)).close()
    print(f"Made {path}. Next: al-desktop import {path} FILE")
    return 0


COMMAND = Command("new", "make a project", _add_arguments, _run)
