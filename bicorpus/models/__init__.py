"""Where model packages are, which one a name means, and whether its files are whole.

A package is an unpacked Argos package: `metadata.json`, `model/` for CTranslate2, and a
SentencePiece or BPE model. Some ship with bicorpus ("embedded"), others lie in the Argos packages
folder ("installed"), where argostranslate itself sees them too. The folder is read here without
argostranslate: importing that loads torch and makes folders in the home of the user.
"""

from bicorpus.models.contents import Package, Unusable
from bicorpus.models.hashes import (
    RECORD,
    file_hashes,
    package_hash,
    recorded_hashes,
    verify,
    verify_encoders,
)
from bicorpus.models.packages import (
    embedded_packages,
    find_package,
    installed_packages,
    read_package,
    survey_embedded,
    survey_installed,
    version_key,
)
from bicorpus.models.places import embedded_folder, load_manifest, packages_folder

__all__ = [
    "RECORD",
    "Package",
    "Unusable",
    "embedded_folder",
    "embedded_packages",
    "file_hashes",
    "find_package",
    "installed_packages",
    "load_manifest",
    "package_hash",
    "packages_folder",
    "read_package",
    "recorded_hashes",
    "survey_embedded",
    "survey_installed",
    "verify",
    "verify_encoders",
    "version_key",
]
