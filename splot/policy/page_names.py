"""What the room's pages with forms are called, where words were left that could not be saved."""

from django.utils.translation import gettext as _


def page_names() -> dict[str, str]:
    return {
        "start_policy": _("Begin a policy"),
        "import_policy": _("Read an act"),
        "act_import": _("Read an act"),
        "finish_act_import": _("Read an act"),
        "edit_policy": _("Title, years and who is responsible"),
        "edit_area": _("Area %(number)s"),
        "publish_policy": _("Publish the policy"),
        "freeze_policy": _("Freeze the text"),
        "adopt_amendment": _("Adopt the amendment"),
        "translate": _("Translations"),
        "write_vision": _("Vision"),
        "choose_aspects": _("Aspects of life"),
        "write_values": _("Values"),
        "write_aims": _("Aims"),
        "write_provisions": _("Provisions"),
        "add_area": _("Add an area"),
        "add_passage": _("Area %(number)s"),
        "split_activity": _("Activity"),
        "write_passage": _("Text of the policy"),
    }
