"""What an answer earns: paraphrase, another language, typos, formulas, contradiction."""

from __future__ import annotations

from dataclasses import replace

from viva.grading.answer import Answer
from viva.grading.grader import Grader
from viva.notes.points.split import split_points
from viva.text.terms import TermWeights, formulas, recall, terms
from viva.types import Encoder, Entry

from .conftest import make_entry


def bag(text: str) -> list[frozenset[str]]:
    return [frozenset(terms(text))]


def test_more_points_mean_a_higher_score(grader: Grader, chinese: Entry) -> None:
    one = grader.grade(chinese, "刚开始梯度大，预热可以防止参数震荡").score
    two = grader.grade(chinese, "刚开始梯度大，预热可以防止参数震荡；大批量训练也收敛得更稳").score
    assert 15 <= one < two <= 100


def test_another_language_counts(grader: Grader, english: Entry) -> None:
    answer = "相邻样本是相关的，按顺序取批会让梯度有偏；打乱后每个批次都像整个数据集；网络也不会记住顺序"
    assert grader.grade(english, answer).score >= 50


def test_a_short_right_answer_is_not_punished(grader: Grader, chinese: Entry) -> None:
    entry = replace(chinese, question="动量法还有什么别名", answer="重球法", points=split_points("重球法"))
    assert grader.grade(entry, "重球法").score == 100
    assert grader.grade(entry, "叫重球法").score >= 75


def test_the_words_of_the_question_earn_nothing(grader: Grader, chinese: Entry) -> None:
    assert grader.grade(chinese, "学习率预热的好处在于学习率预热很好").score <= 20


def test_typos_cost_little(grader: Grader, english: Entry) -> None:
    right = grader.grade(english, "Neighbouring samples are correlated and batches give biased gradients").score
    typed = grader.grade(english, "Neighboring sampels are corelated and batches give biased gradiens").score
    assert abs(right - typed) <= 20


def test_formulas_match_in_any_spelling(grader: Grader, chinese: Entry) -> None:
    entry = replace(
        chinese,
        question="转置卷积输出多大",
        answer="n = s * (m - 1) + k - 2p",
        points=split_points("n = s * (m - 1) + k - 2p"),
    )
    for answer in ("s×(m－1)+k-2p", "输出是 S*(M-1)+K-2P", "n=s*(m-1)+k-2p"):
        assert grader.grade(entry, answer).score == 100, answer
    assert grader.grade(entry, "s*(m-1)+k-p").score < 100
    assert formulas("k + (k-1)(d-1)") == formulas("K+(k - 1) * (d－1)")


def test_terms_weights_and_recall() -> None:
    weights = TermWeights.of(["卷积 网络", "卷积 归一化", "卷积 损失"])
    assert 0 < weights.weight("卷积") < weights.weight("损失") < weights.weight("从未见过") == 1.0
    flat = TermWeights()
    assert recall(terms("momentum"), bag("momentun"), flat) > 0.8
    assert recall(terms("batch normalization"), bag("boxes"), flat) == 0.0
    assert recall((), bag("boxes"), flat) == 0.0
    assert terms("the boxes of it") == ("box",)


def test_a_contradicted_point_scores_no_more_than_a_missed_one(grader: Grader) -> None:
    entry = make_entry("What does the gate of an LSTM do?", "The gate keeps the state")
    wrong = grader.grade(entry, "The gate never keeps the state")
    assert wrong.score <= 10
    assert wrong.points[0].status in ("contradicted", "differs")
    assert wrong.points[0].evidence == "The gate never keeps the state"


def test_a_very_long_answer_is_graded(grader: Grader, chinese: Entry) -> None:
    assert grader.grade(chinese, chinese.answer + "\n" + "这一段与问题没有关系。" * 5000).score == 100


def test_a_file_pasted_as_an_answer_is_read_in_part(encoder: Encoder, grader: Grader, chinese: Entry) -> None:
    pasted = "\n".join(f"第{number}天食堂的番茄炒蛋偏咸" for number in range(3000))
    assert len(Answer.read(pasted, chinese.question, encoder, grader.reference(chinese)).clauses) < 1000
    assert grader.grade(chinese, f"{chinese.answer}\n{pasted}").score == 100
