"""What is not an answer is told apart from a wrong one, and answers are never taken for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from viva.grading.grader import Grader
from viva.grading.no_answer import is_dont_know, is_echo, is_gibberish
from viva.scheduling.schedule import propose_rating
from viva.text.terms import TermWeights
from viva.types import Encoder, Entry, Grade, Hit, Rating, Reader
from viva.wording.passages import nearer_entry

DONT_KNOW = """不知道|不会|没准备|没有准备|想不起来了|不清楚|跳过|忘了|这个我忘记了|记不清了|没学过|没复习到这里|说不上来|不懂|不记得
|我真的不知道这题怎么回答|抱歉，不太清楚呢|不知道。。。|暂时没有思路|没印象|太难了不会|不晓得|答不出来|不是很了解|不会，下一题|换一题
|不知道啊，下一个吧|idk|IDK|I don't know|i dont know the answer|Sorry, I have no idea|no idea|not sure|I'm not sure about this
|I can’t remember|never heard of it|pass|skip|skip this one|dunno|I forgot|No clue|ＩＤＫ""".replace("\n", "").split(
    "|"
)
ANSWERS = """不会陷入局部最小|I don't know exactly, but it reduces parameters|无监督|不需要|过采样|略微下降|不会改变宽高|没有参数
|不清楚具体原因，但是可以加速收敛|遗忘门|pass the gradient|skip connection|next token prediction|none of the weights change
|不知道边界时用插值|过拟合|known in advance|not certain values but a distribution|跳过连接|不确定性采样|忘记旧的状态
|It passes the input on|We skip every second frame|不同样本之间""".replace("\n", "").split("|")


class Shelf:
    """A searcher with one passage."""

    def __init__(self, hit: Hit) -> None:
        self.hit = hit

    def closest(self, text: str, top: int = 3) -> list[Hit]:
        return [self.hit]


@pytest.mark.parametrize("answer", DONT_KNOW)
def test_dont_know(answer: str) -> None:
    assert is_dont_know(answer)


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_is_not_dont_know(answer: str) -> None:
    assert not is_dont_know(answer)


def test_no_is_an_answer_to_a_yes_no_question() -> None:
    assert not is_dont_know("不会", "推理的时候还会做随机失活吗")
    assert is_dont_know("不会", "随机失活的原理")


def test_dont_know_takes_linear_time() -> None:
    assert not is_dont_know("真的" * 39 + "x")
    assert not is_dont_know("不知道" * 100_000)


@pytest.mark.shared
def test_dev_answers_are_flagged_as_what_they_are(shared, grader: Grader, real_notes) -> None:
    from viva.notes.reader import read_notes

    entries: dict[str, Entry] = {}
    for entry in read_notes([real_notes]).entries:
        entries[f"{entry.number}b" if entry.number in entries else str(entry.number)] = entry
    for line in (shared / "dev" / "answers.tsv").read_text(encoding="utf-8").splitlines():
        number, kind, _, answer = line.split("\t")
        grade = grader.grade(entries[number], answer)
        expected = {"echo": "echo", "idk": "dont-know"}.get(kind)
        found = [flag for flag in grade.flags if flag in ("echo", "dont-know", "empty", "gibberish")]
        assert found == ([expected] if expected else []), line
        if expected:
            assert (grade.score, grade.verdict) == (0, "weak")


@pytest.mark.parametrize(
    "answer",
    [
        "学习率预热有什么好处",
        "学习率预热的好处",
        "学习率预热的好处是什么呢？",
        "请问学习率预热有什么好处",
        "学习率 预热 有什么 好处。",
    ],
)
def test_echo(grader: Grader, chinese: Entry, answer: str) -> None:
    grade = grader.grade(chinese, answer)
    assert (grade.score, grade.flags) == (0, ("echo",))


def test_an_answer_with_words_of_the_question_is_no_echo() -> None:
    weights = TermWeights()
    assert is_echo("why do we shuffle training data", "Why shuffle the training data?", weights)
    assert not is_echo("We shuffle the training data to break correlation", "Why shuffle the training data?", weights)
    assert not is_echo("训练", "dropout在训练还是测试时使用", weights)
    assert not is_echo("学习率预热的好处是更平稳", "学习率预热有什么好处", weights)


@pytest.mark.parametrize("answer", ["???", "asdfghjkl", "哈哈哈哈哈哈", "。。。", "xkcdqwrt zxcvbnm", "asdf jkl qwe"])
def test_gibberish(answer: str) -> None:
    assert is_gibberish(answer)


@pytest.mark.parametrize("answer", ["L2", "SGD", "RMSprop", "交集/并集", "n*m", "0", "3x3", "NMS", "DSA", "是"])
def test_short_answers_are_no_gibberish(answer: str) -> None:
    assert not is_gibberish(answer)


def test_off_topic_scores_nothing(grader: Grader, chinese: Entry, english: Entry) -> None:
    for entry, answer in ((chinese, "院子里的猫在晒太阳"), (english, "The museum is closed on Mondays.")):
        grade = grader.grade(entry, answer)
        assert grade.score <= 5
        assert "off-topic" in grade.flags
        assert {point.status for point in grade.points} == {"missed"}


def test_no_reference_says_so(grader: Grader, chinese: Entry) -> None:
    grade = grader.grade(replace(chinese, answer="", points=()), "某种回答")
    assert (grade.score, grade.verdict, grade.points, grade.flags) == (0, "unsure", (), ("no-reference",))


def test_text_of_another_entry_is_named(encoder: Encoder, reader: Reader, chinese: Entry, english: Entry) -> None:
    other = "Shuffling makes every batch look like the whole data set"
    hit = Hit(1, 0.9, english.id + "x", "2", english.question, other, "own", 5, 6)
    near = Grader(encoder, reader, Shelf(hit))
    copied = near.grade(chinese, other)
    assert copied.passage is not None
    assert copied.passage.question_id == chinese.id, "the reference of the question asked comes first"
    assert {"copied", "other-entry"} <= set(copied.flags)
    assert copied.score <= 10
    assert copied.near[0].question_id == hit.question_id
    assert nearer_entry(chinese, copied) == copied.near[0]
    right = near.grade(chinese, chinese.points[0].text)
    assert "other-entry" not in right.flags
    assert nearer_entry(chinese, right) is None


def test_the_passage_is_what_the_notes_say_to_the_question(grader: Grader, chinese: Entry) -> None:
    for answer in ("不知道", "", "预热很稳", chinese.answer):
        passage = grader.grade(chinese, answer).passage
        assert passage is not None
        assert (passage.question_id, passage.passage) == (chinese.id, chinese.answer)
    assert grader.grade(replace(chinese, id=""), "预热很稳").passage is None, "a reference that stands in no notes"


def test_ratings_follow_one_table() -> None:
    def at(score: int, hints: int = 0) -> Rating:
        return propose_rating(Grade(score, "partial", (), None), hints)

    assert [at(score) for score in (0, 39, 40, 64, 65, 89, 90, 100)] == [1, 1, 2, 2, 3, 3, 4, 4]
    assert [at(100, hints) for hints in (1, 2, 3)] == [Rating.GOOD, Rating.HARD, Rating.HARD]
    assert at(10, 2) is Rating.AGAIN
