"""`search`, `grade`, `eval`, `index`: what needs the model, which is the real one."""

from __future__ import annotations

import json

from viva.cli.commands.grade import row_line

HIT = ["rank", "score", "question_id", "number", "question", "passage", "file", "line", "end_line"]
EARLY = "验证集损失连续若干轮不再下降就停止训练，保留验证集上最好的那组权重"


def rows_of(*rows):
    return "".join((row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)) + "\n" for row in rows)


def test_search_prints_rank_closeness_question_place_and_passage(viva, kb):
    result = viva("search", "什么时候停止训练", "--top", "1")
    assert result.code == 0
    first, place, *passage = result.lines
    assert first == "1, fairly close: 1. 什么是早停"
    assert place == "    kb/small.txt:2"
    assert passage == ["      验证集损失连续若干轮不再下降时停止训练", "      保留验证集上最好的那组权重"]


def test_what_is_not_close_is_told(viva, kb):
    nearest, first, *_ = viva("search", "flights to Lisbon in June", "--top", "2").lines
    assert nearest == "Nothing close. The nearest:"
    assert first.startswith("1, not close: ")
    listed = viva("search", "file:small").lines
    assert listed[0] == "1: 1. 什么是早停"


def test_search_as_json_has_exactly_the_shape_of_the_contract(viva, kb):
    found = viva("search", "weight decay", "--top", "3", "--json").json
    assert list(found) == ["query", "hits"]
    assert found["query"] == "weight decay"
    assert [list(hit) for hit in found["hits"]] == [HIT] * len(found["hits"])
    assert 1 <= len(found["hits"]) <= 3
    assert [hit["rank"] for hit in found["hits"]] == list(range(1, len(found["hits"]) + 1))
    scores = [hit["score"] for hit in found["hits"]]
    assert scores == sorted(scores, reverse=True)
    best = found["hits"][0]
    assert best["question_id"] == "terms.md#Regularisation/q1"
    assert best["number"] is None
    assert best["line"] <= best["end_line"]


def test_a_file_of_queries_gives_an_object_a_line_in_order(viva, kb, tmp_path):
    (tmp_path / "queries.txt").write_text("早停\n\nweight decay\n预热\n", encoding="utf-8")
    found = viva("search", "--queries", "queries.txt", "--top", "1", "--json").rows
    assert [each["query"] for each in found] == ["早停", "weight decay", "预热"]
    assert [each["hits"][0]["number"] for each in found] == ["1", None, "2"]
    piped = viva("search", "--queries", "-", "--top", "1", "--json", typed="早停\nweight decay\n预热\n")
    assert piped.rows == found


def test_queries_may_be_utf16_as_powershell_writes_it(viva, kb, tmp_path):
    (tmp_path / "queries.txt").write_text("早停\n预热\n", encoding="utf-16")
    assert [each["query"] for each in viva("search", "--queries", "queries.txt", "--json").rows] == ["早停", "预热"]


def test_a_query_without_sense_costs_only_itself(viva, kb):
    result = viva("search", "--queries", "-", "--json", typed="早停\n-早停\n预热\n")
    assert result.code == 1
    assert [sorted(row) for row in result.rows] == [
        ["hits", "query"],
        ["error", "hits", "query"],
        ["hits", "query"],
    ]
    assert "1 query made no sense" in result.err
    plain = viva("search", "--queries", "-", typed="早停\n-早停\n")
    assert plain.code == 1
    assert plain.out.startswith("Query: 早停\n1, close: ")
    assert "\n\nQuery: -早停\nerror: " in plain.out


def test_a_missing_file_of_queries(viva, kb):
    result = viva("search", "--queries", "nowhere.txt")
    assert result.code == 1
    assert "cannot read nowhere.txt" in result.err
    assert result.err.count("\n") == 1, "no model is loaded and no index built for it"
    assert viva("grade", "--answers", "nowhere.txt").err.count("\n") == 1


def test_passages_with_escapes_are_shown_literally(viva, hostile):
    for extra in ([], ["--json"]):
        result = viva("search", "test of nerves", "--kb", hostile, *extra)
        assert result.code == 0
        assert not set(result.out) & {"\x1b", "\x07", "\x9b", "\u202e"}
    assert "A \\x1b[2Jtest" in viva("search", "test of nerves", "--kb", hostile).out


def test_grade_keeps_each_row_and_adds_the_grade(viva, kb):
    rows = rows_of(
        {"question_id": "small.txt#1", "answer": EARLY, "mine": [1]},
        {
            "question": "What is dropout?",
            "reference": ["It drops units", "It is off at test time"],
            "answer": "no idea",
        },
    )
    result = viva("grade", "--answers", "-", "--json", typed=rows)
    assert result.code == 0
    full, none = result.rows
    assert list(full) == ["question_id", "answer", "mine", "score", "verdict", "points", "passage", "flags"]
    assert (full["mine"], full["verdict"]) == ([1], "strong")
    assert [list(point) for point in full["points"]] == [["text", "status", "similarity", "evidence"]] * 2
    assert list(full["passage"]) == HIT
    assert isinstance(full["score"], int)
    assert 75 <= full["score"] <= 100
    assert (none["score"], none["verdict"]) == (0, "weak")
    assert none["flags"] == ["dont-know"]


def test_a_bad_row_gives_an_error_in_its_place(viva, kb, tmp_path):
    good = {"question_id": "small.txt#1", "answer": EARLY}
    own = {**good, "error": "a key of my own"}
    (tmp_path / "answers.jsonl").write_text(
        rows_of(good, "no json", {"question_id": "small.txt#99", "answer": "x"}, {"answer": "x"}, own), encoding="utf-8"
    )
    result = viva("grade", "--answers", "answers.jsonl", "--json")
    assert result.code == 1
    assert ["verdict" in row for row in result.rows] == [True, False, False, False, True]
    assert ["error" in row for row in result.rows] == [False, True, True, True, True]
    assert "3 rows could not be graded" in result.err
    piped = viva("grade", "--answers", "answers.jsonl")
    assert (piped.code, piped.rows) == (1, result.rows), "a program that reads gets JSON without asking"
    assert row_line(result.rows[0]).split()[1] == "strong"
    assert row_line(result.rows[2]).startswith("error  small.txt#99  ")


def test_bytes_that_are_no_utf8_cost_no_other_row(viva, kb, tmp_path):
    good = rows_of({"question_id": "small.txt#1", "answer": EARLY}).encode()
    broken = good.replace("验证".encode(), b"\xff\xfe", 1)
    (tmp_path / "answers.jsonl").write_bytes(good + broken + good)
    result = viva("grade", "--answers", "answers.jsonl", "--json")
    assert result.code == 0
    assert len(result.rows) == 3
    assert result.rows[0] == result.rows[2]
    assert "\ufffd" in result.rows[1]["answer"]
    assert "line 2 is not UTF-8" in result.err


def test_grading_writes_no_history(viva, kb):
    viva("grade", "--answers", "-", typed=rows_of({"question_id": "small.txt#1", "answer": EARLY}))
    assert viva("history", "--json").rows == []


def test_eval_prints_the_agreement(viva, kb, tmp_path):
    marked = [
        {"question_id": "small.txt#1", "answer": EARLY, "score": 1},
        {"question_id": "small.txt#1", "answer": "损失不降就停", "score": 0.5},
        {"question_id": "small.txt#1", "answer": "不知道", "score": 0},
        {
            "question_id": "small.txt#2~2",
            "answer": "一开始用很小的学习率，再逐步升到设定值，免得训练初期的梯度把参数带偏",
            "score": 1,
        },
        {"question_id": "small.txt#2~2", "answer": "卷积核滑过图像", "score": 0.0},
    ]
    (tmp_path / "marked.jsonl").write_text(rows_of(*marked), encoding="utf-8")
    result = viva("eval", "marked.jsonl", "--json")
    assert result.code == 0
    figures = result.json
    names = ["answers", "questions", "pearson", "spearman", "within_question", "rmse", "constant_rmse", "qwk", "unsure"]
    assert list(figures) == [*names, "bad_rows"]
    assert (figures["answers"], figures["questions"], figures["bad_rows"]) == (5, 2, [])
    assert figures["pearson"] > 0.8
    plain = viva("eval", "marked.jsonl")
    assert f"Pearson: {figures['pearson']}" in plain.lines
    assert plain.lines[:2] == ["answers: 5", "questions: 2"]


def test_eval_names_rows_that_cannot_be_used(viva, kb):
    rows = rows_of(
        {"question_id": "small.txt#1", "answer": EARLY, "score": 1},
        {"question_id": "small.txt#1", "answer": "不知道", "score": 0},
        {"question_id": "small.txt#1", "answer": "x", "score": 7},
    )
    result = viva("eval", "-", "--json", typed=rows)
    assert result.code == 1
    assert result.json["answers"] == 2
    assert len(result.json["bad_rows"]) == 1
    assert "left out: row 3" in result.err
    assert viva("eval", "-", typed="nothing\n").code == 1
    assert viva("eval", "nowhere.jsonl").code == 1


def test_index_is_built_refreshed_and_rebuilt(viva, kb):
    built = viva("index", "--json").json
    assert list(built) == ["folder", "model", "questions", "texts", "embedded_now", "exact"]
    assert (built["folder"], built["questions"], built["exact"]) == ("index", 6, True)
    assert built["embedded_now"] == built["texts"] > 6
    assert viva("index", "--json").json["embedded_now"] == 0
    assert viva("index", "--rebuild", "--json").json["embedded_now"] == built["texts"]
    plain = viva("index")
    assert plain.lines[0] == f"index: 6 questions, {built['texts']} texts, 0 embedded now"
    assert plain.err == ""


def test_search_after_a_deleted_index(viva, kb, tmp_path):
    before = viva("search", "早停", "--json")
    import shutil

    shutil.rmtree(tmp_path / "index")
    assert viva("search", "早停", "--json").out == before.out


def test_several_words_are_one_query(viva, kb):
    found = viva("search", "weight", "decay", "--json").json
    assert found == viva("search", "weight decay", "--json").json
    assert viva("search", "weight", "--queries", "x").code == 2
    assert viva("search").code == 2
