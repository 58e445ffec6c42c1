"""The slice is cut from the SDK as it is written, or not at all."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from localgraph.cut import Cutter, Sdk
from localgraph.operations import OPERATIONS, Operation

ROOT = "msgraph/generated"
LISTING = OPERATIONS["users.list"]
BUILDER = """
from ..models.user_collection_response import UserCollectionResponse
class UsersRequestBuilder(BaseRequestBuilder):
    def __init__(self,request_adapter: RequestAdapter) -> None:
        super().__init__(request_adapter, "{+baseurl}/users{?%24select,%24top}", path_parameters)

    async def get(self,request_configuration: Optional[RequestConfiguration[GetQuery]] = None) \
-> Optional[UserCollectionResponse]:
        pass

    @dataclass
    class GetQuery():
        def get_query_parameter(self,original_name: str) -> str:
            if original_name == "select":
                return "%24select"
            if original_name == "top":
                return "%24top"

        select: Optional[list[str]] = None

        top: Optional[int] = None
"""
ENTITY = """
class Entity(AdditionalDataHolder, BackedModel, Parsable):
    # The unique identifier. Read-only.
    id: Optional[str] = None
            "id": lambda n : setattr(self, 'id', n.get_str_value()),
"""
RESPONSE = """
from .user import User
class UserCollectionResponse(Parsable):
            "value": lambda n : setattr(self, 'value', n.get_collection_of_object_values(User)),
"""
USER = """
from .entity import Entity
from .user import User
from .kind import Kind
class User(Entity, Parsable):
            "kind": lambda n : setattr(self, 'kind', n.get_enum_value(Kind)),
            "manager": lambda n : setattr(self, 'manager', n.get_object_value(User)),
"""
KIND = """
class Kind(str, Enum):
    Member = "member",
    Guest = "guest",
"""


def _sdk(folder: Path, *, user: str = USER, builder: str = BUILDER) -> Sdk:
    wheel = folder / "sdk.whl"
    with ZipFile(wheel, "w") as archive:
        for name, text in {
            "kiota-lock.json": "{}",
            "users/users_request_builder.py": builder,
            "models/user_collection_response.py": RESPONSE,
            "models/user.py": user,
            "models/entity.py": ENTITY,
            "models/kind.py": KIND,
        }.items():
            archive.writestr(f"{ROOT}/{name}", text)
    return Sdk(wheel)


def test_a_path_and_what_it_reaches(tmp_path: Path) -> None:
    cutter = Cutter(_sdk(tmp_path))

    path = cutter.path(LISTING)

    assert [(each["name"], each["schema"]["type"]) for each in path["parameters"]] == [
        ("$select", "string"),
        ("$top", "integer"),
    ]
    assert cutter.schemas.keys() == {
        "microsoft.graph.userCollectionResponse",
        "microsoft.graph.user",
        "microsoft.graph.kind",
    }


def test_a_type_with_what_it_inherits_and_the_links_it_has(tmp_path: Path) -> None:
    cutter = Cutter(_sdk(tmp_path))
    cutter.path(LISTING)

    user = cutter.schemas["microsoft.graph.user"]
    assert user["properties"].keys() == {"id", "kind"}
    assert user["x-readOnly"] == ["id"]
    assert user["x-navigation"] == {"manager": "microsoft.graph.user"}
    assert cutter.schemas["microsoft.graph.kind"]["enum"] == ["member", "guest"]


def test_another_way_of_writing_fields_stops_the_cut(tmp_path: Path) -> None:
    user = USER + '            "age": lambda n : self.read(n),\n'

    with pytest.raises(ValueError, match="User reads its fields"):
        Cutter(_sdk(tmp_path, user=user)).path(LISTING)


def test_another_path_than_was_asked_for_stops_the_cut(tmp_path: Path) -> None:
    builder = BUILDER.replace("{+baseurl}/users", "{+baseurl}/people")

    with pytest.raises(ValueError, match="another path"):
        Cutter(_sdk(tmp_path, builder=builder)).path(LISTING)


@pytest.mark.parametrize("operation", [OPERATIONS["groups.get"], OPERATIONS["mail.send"]])
def test_a_path_that_the_sdk_has_not_stops_the_cut(tmp_path: Path, operation: Operation) -> None:
    with pytest.raises(KeyError):
        Cutter(_sdk(tmp_path)).path(operation)
