from math import exp
from random import Random
from sys import argv

def softmax(scores, temperature):
    top = max(scores)
    weights = [exp((s - top) / temperature) for s in scores]
    return [weight / sum(weights) for weight in weights]

STEPS = (0, 1), (1, 0), (1, -1), (0, -1), (-1, 0), (-1, 1)

def clashes(board, row, column, colour):
    """How many of a cell's six neighbours have this colour."""
    size = len(board)
    around = [((row + r) % size, (column + c) % size) for r, c in STEPS]
    return sum(board[r][c] == colour for r, c in around)

def cool(temperatures, size=30, colours=(0, 1, 2)):
    random = Random(4)
    board = [random.choices(colours, k=size) for _ in range(size)]
    for temperature in temperatures:
        for _ in range(size * size):
            row, column = random.randrange(size), random.randrange(size)
            scores = [-clashes(board, row, column, c) for c in colours]
            shares = softmax(scores, temperature)
            board[row][column] = random.choices(colours, shares)[0]
    return board

if __name__ == "__main__":
    hot, cold, rounds = float(argv[1]), float(argv[2]), int(argv[3])
    ratio = (cold / hot) ** (1 / (rounds - 1))
    board = cool([hot * ratio**n for n in range(rounds)])
    found = [clashes(board, row, column, board[row][column])
             for row in range(len(board)) for column in range(len(board))]
    print(sum(found) // 2, "of", 3 * len(found), "borders clash")
