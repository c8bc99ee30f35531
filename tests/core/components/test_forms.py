"""Forms: every field has its name, its help and its errors where a screen reader finds them."""

import re
from datetime import date

from django import forms
from django.test import RequestFactory

from splot.web.gallery import SampleFilters, SampleForm
from tests.core.components.page import parsed, rendered, words

WRONG = {"title": "", "due": "31/31/2024", "people": "-2"}


def test_everything_that_is_pointed_at_is_there() -> None:
    for form in (SampleForm(), SampleForm(WRONG)):
        tree = parsed("{% form_fields form %}", form=form)
        ids = [element.get("id") for element in tree.iter() if element.get("id")]
        assert len(ids) == len(set(ids))
        for element in tree.iter():
            for reference in (
                element.get("aria-describedby", "") + " " + element.get("for", "")
            ).split():
                assert reference in ids, reference
            if element.get("href", "").startswith("#"):
                assert element.get("href")[1:] in ids


def test_every_control_has_a_label_or_a_legend() -> None:
    tree = parsed("{% form_fields form %}", form=SampleForm())
    labelled = {label.get("for") for label in tree.iter("label")}
    controls = [
        each for each in tree.iter("input", "select", "textarea") if each.get("type") != "hidden"
    ]
    assert len(controls) == 14
    assert {control.get("id") for control in controls} <= labelled
    assert [words(legend) for legend in tree.iter("legend")] == ["Language", "Groups (optional)"]


def test_errors_stand_in_the_summary_and_at_the_field() -> None:
    form = SampleForm(WRONG)
    tree = parsed("{% form_fields form %}", form=form)
    summary = tree.find('.//div[@role="alert"]')
    assert len(list(summary.iter("li"))) == len(form.errors) == 6
    field = tree.find('.//input[@name="due"]')
    assert field.get("aria-invalid") == "true"
    about = [words(tree.get_element_by_id(key)) for key in field.get("aria-describedby").split()]
    assert about == ["For example 31.12.2024.", "Error: There is no such day."]


def test_no_summary_without_errors() -> None:
    assert rendered("{% form_errors form %}", form=SampleForm()).strip() == ""


def test_errors_of_the_whole_form_and_of_hidden_fields_are_not_swallowed() -> None:
    class Strict(forms.Form):
        version = forms.IntegerField(widget=forms.HiddenInput)

        def clean(self) -> None:
            raise forms.ValidationError("Someone else was faster.")

    summary = words(parsed("{% form_errors form %}", form=Strict({"version": "x"})))
    assert "Someone else was faster." in summary
    assert "Enter a whole number." in summary


class Line(forms.Form):
    amount = forms.IntegerField(label="Amount")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class Lines(forms.BaseFormSet):
    def clean(self) -> None:
        raise forms.ValidationError("The lines do not fit together.")


def formset(prefix: str, *amounts: str, **more: str) -> forms.BaseFormSet:
    data = {f"{prefix}-TOTAL_FORMS": str(len(amounts)), f"{prefix}-INITIAL_FORMS": "0"}
    data |= {f"{prefix}-{place}-amount": amount for place, amount in enumerate(amounts)}
    data |= {f"{prefix}-{name.replace('_', '-')}": value for name, value in more.items()}
    return forms.formset_factory(Line, formset=Lines, can_delete=True)(data, prefix=prefix)


def test_errors_in_lines_stand_in_the_summary_and_lead_to_their_fields() -> None:
    context = {
        "form": SampleForm(WRONG),
        "money": formset("money", "1", "x"),
        "aims": formset("aims", "y"),
    }
    source = "{% form_errors form money aims %}"
    source += (
        "{% for set in sets %}{% for line in set %}{% field line.amount %}{% endfor %}{% endfor %}"
    )
    tree = parsed(source, sets=[context["money"], context["aims"]], **context)
    summary = tree.find('.//div[@role="alert"]')
    links = {words(link): link.get("href") for link in summary.iter("a")}
    assert links["Amount, line 2"] == "#id_money-1-amount"
    assert links["Amount, line 1"] == "#id_aims-0-amount"
    assert tree.get_element_by_id("id_money-1-amount").tag == "input"
    assert words(summary).count("The lines do not fit together.") == 2


def test_hidden_errors_of_a_line_are_said_and_deleted_lines_are_not() -> None:
    lines = formset("money", "1", "x", **{"0_version": "z", "1_DELETE": "on"})
    summary = words(parsed("{% form_errors form lines %}", form=SampleForm(), lines=lines))
    assert summary.count("Enter a whole number.") == 1
    assert "line 2" not in summary


def test_lines_that_nobody_sent_yet_have_no_summary() -> None:
    lines = forms.formset_factory(Line)()
    assert rendered("{% form_errors form lines %}", form=SampleForm(), lines=lines).strip() == ""


def test_a_date_is_words_and_is_shown_as_it_was_typed() -> None:
    def value(form: SampleForm) -> tuple[str | None, str | None]:
        field = parsed("{% field form.due %}", "pl", form=form).find(".//input")
        return field.get("type"), field.get("value")

    assert value(SampleForm({"due": "21 maja 2024"})) == ("text", "21 maja 2024")
    assert value(SampleForm(initial={"due": date(2024, 5, 21)})) == ("text", "21.05.2024")


def test_a_number_brings_up_the_keys_for_numbers() -> None:
    field = parsed("{% field form.people %}", form=SampleForm()).find(".//input")
    assert (field.get("type"), field.get("inputmode")) == ("text", "numeric")


def test_once_is_a_new_key_each_time() -> None:
    first, second = rendered("{% idempotency_key %}"), rendered("{% idempotency_key %}")
    assert re.fullmatch(
        r'<input type="hidden" name="idempotency_key" value="[0-9a-f-]{36}">', first
    )
    assert first != second


def test_filters_offer_to_clear_only_what_is_chosen() -> None:
    def links(query: str) -> list[str]:
        request = RequestFactory().get(f"/table/{query}")
        form = SampleFilters(request.GET)
        return [
            link.get("href")
            for link in parsed("{% filters form %}", form=form, request=request).iter("a")
        ]

    assert links("") == []
    assert links("?area=") == []
    assert links("?area=1") == ["/table/"]


def test_filters_are_unfolded_on_a_phone_once_one_is_chosen() -> None:
    def opened(query: str) -> bool:
        request = RequestFactory().get(f"/table/{query}")
        fold = parsed("{% filters form %}", form=SampleFilters(request.GET), request=request).find(
            ".//details"
        )
        assert fold.getnext().get("class") == "filters__fields", "the fold rules what follows it"
        return fold.get("open") is not None

    assert (opened(""), opened("?area=1")) == (False, True)
