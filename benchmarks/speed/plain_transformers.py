"""The plain script: search notes with sentence-transformers and FAISS. Usage: MODEL FOLDER QUERY [--build]."""

import json
import sys
from pathlib import Path

import faiss
from sentence_transformers import SentenceTransformer

model = SentenceTransformer(sys.argv[1], device="cpu")
folder = Path(sys.argv[2])
passages = json.loads((folder / "passages.json").read_text(encoding="utf-8"))
if sys.argv[-1] == "--build":
    vectors = model.encode(passages, normalize_embeddings=True)
    index: faiss.Index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    faiss.write_index(index, str(folder / "passages.faiss"))
else:
    index = faiss.read_index(str(folder / "passages.faiss"))
    vector = model.encode([sys.argv[3]], normalize_embeddings=True)
    scores, rows = index.search(vector, 5)
    hits = [
        {"rank": rank, "score": float(score), "passage": passages[row]}
        for rank, (score, row) in enumerate(zip(scores[0], rows[0], strict=True), 1)
    ]
    print(json.dumps({"query": sys.argv[3], "hits": hits}, ensure_ascii=False))
