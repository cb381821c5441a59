from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "vaxel.surfaces.workspace"
    label = "surface_workspace"
