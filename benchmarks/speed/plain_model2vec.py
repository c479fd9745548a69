"""The leaner plain script: search notes with model2vec and FAISS. Usage: MODEL FOLDER QUERY."""

import json
import sys
from pathlib import Path

import faiss
import numpy as np
from model2vec import StaticModel

model = StaticModel.from_pretrained(sys.argv[1])
folder = Path(sys.argv[2])
passages = json.loads((folder / "passages.json").read_text(encoding="utf-8"))
index = faiss.read_index(str(folder / "passages.faiss"))
vector = np.asarray(model.encode([sys.argv[3]]), dtype=np.float32)
scores, rows = index.search(vector / np.linalg.norm(vector), 5)
hits = [
    {"rank": rank, "score": float(score), "passage": passages[row]}
    for rank, (score, row) in enumerate(zip(scores[0], rows[0], strict=True), 1)
]
print(json.dumps({"query": sys.argv[3], "hits": hits}, ensure_ascii=False))
