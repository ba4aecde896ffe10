from math import exp
from random import Random
from sys import argv

def softmax(scores, temperature):
    top = max(scores)
    weights = [exp((s - top) / temperature) for s in scores]
    return [weight / sum(weights) for weight in weights]

STEPS = (0, 1), (1, 0), (1, -1), (0, -1), (-1, 0), (-1, 1)

def clashes(board, row, column, colour):
    """How many neighbours of a cell have this colour."""
    n = len(board)
    around = (board[(row + r) % n][(column + c) % n]
              for r, c in STEPS)
    return sum(other == colour for other in around)

def cool(temperatures, size=30, colours=(0, 1, 2)):
    random = Random(4)
    board = [random.choices(colours, k=size)
             for _ in range(size)]
    for temperature in temperatures:
        for _ in range(size * size):
            row = random.randrange(size)
            column = random.randrange(size)
            scores = [-clashes(board, row, column, colour)
                      for colour in colours]
            shares = softmax(scores, temperature)
            choice = random.choices(colours, shares)[0]
            board[row][column] = choice
    return board

if __name__ == "__main__":
    hot, cold = float(argv[1]), float(argv[2])
    rounds = int(argv[3])
    ratio = (cold / hot) ** (1 / (rounds - 1))
    board = cool([hot * ratio**n for n in range(rounds)])
    found = sum(clashes(board, row, column, colour)
                for row, line in enumerate(board)
                for column, colour in enumerate(line)) // 2
    print(found, "of", 3 * len(board) ** 2, "borders clash")
