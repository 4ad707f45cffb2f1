package verification

import (
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
)

// lines are those of one point's Miller loop, as the library's loop for points known in advance takes them.
type lines = [2][len(curve.LoopCounter)]curve.LineEvaluationAff

// last is where the library keeps the lines of π(Q) and −π²(Q).
const last = len(curve.LoopCounter) - 1

// walk goes the Miller loop's way with many points of the twist at once, so that one inversion serves them all; in the library's loop for one
// point there is either an inversion a step or none at the price of a third coordinate.
type walk struct {
	start, at []curve.G2Affine
	lines     []lines
	inside    bool // no step met a case which a point of the subgroup never meets
	inverses  []curve.E2
	products  []curve.E2
}

// walked gives the lines of points and whether all of them lie in the subgroup of order r.
//
// The loop ends at [6x₀+2]Q + π(Q) − π²(Q), and Q lies in the subgroup exactly where that is −π³(Q): with π² − tπ + p = 0 on the twist,
// 6x₀ + 2 + π − π² + π³ has a norm that is a multiple of r and prime to the cofactor 2p − r, so nothing else is in its kernel. (El Housni, Guillevic,
// Piellard, Co-factor clearing and subgroup membership testing, 2022, section 4.)
func walked(points []curve.G2Affine) ([]lines, bool) {
	n := len(points)
	w := &walk{start: points, at: append([]curve.G2Affine{}, points...), lines: make([]lines, n), inside: true,
		inverses: make([]curve.E2, n), products: make([]curve.E2, n)}
	opposite, once, twice := make([]curve.G2Affine, n), make([]curve.G2Affine, n), make([]curve.G2Affine, n)
	for k := range points {
		opposite[k].Neg(&points[k])
		once[k] = frobenius(points[k])
		image := frobenius(once[k])
		twice[k].Neg(&image)
	}
	for i := len(curve.LoopCounter) - 2; i >= 0; i-- {
		w.double(i)
		switch curve.LoopCounter[i] {
		case 1:
			w.add(points, 1, i)
		case -1:
			w.add(opposite, 1, i)
		}
	}
	w.add(once, 1, last)
	w.add(twice, 0, last)
	for k := range points {
		if end := frobenius(twice[k]); !w.inside || !w.at[k].Equal(&end) { // −π²(Q), once more: −π³(Q)
			return nil, false
		}
	}
	return w.lines, true
}

// frobenius is π on the twist.
func frobenius(point curve.G2Affine) (image curve.G2Affine) {
	image.X.Conjugate(&point.X).MulByNonResidue1Power2(&image.X)
	image.Y.Conjugate(&point.Y).MulByNonResidue1Power3(&image.Y)
	return image
}

// double takes every point P to 2P, with the tangents at P.
func (w *walk) double(step int) {
	for k := range w.at {
		w.inverses[k].Double(&w.at[k].Y)
	}
	w.invert()
	for k := range w.at {
		point, slope := &w.at[k], &w.inverses[k]
		var square, triple curve.E2
		square.Square(&point.X)
		triple.Double(&square).Add(&triple, &square)
		slope.Mul(slope, &triple)
		w.step(k, slope, &point.X, &w.lines[k][0][step])
	}
}

// add takes every point P to P + Q, with the lines through both.
func (w *walk) add(others []curve.G2Affine, list, step int) {
	for k := range w.at {
		w.inverses[k].Sub(&others[k].X, &w.at[k].X)
	}
	w.invert()
	for k := range w.at {
		slope := &w.inverses[k]
		var rise curve.E2
		rise.Sub(&others[k].Y, &w.at[k].Y)
		slope.Mul(slope, &rise)
		w.step(k, slope, &others[k].X, &w.lines[k][list][step])
	}
}

// step goes to the third point of a line of this slope through P and another point of the curve, mirrored, and keeps slope and λ·x − y.
func (w *walk) step(k int, slope, other *curve.E2, line *curve.LineEvaluationAff) {
	point := &w.at[k]
	line.R0.Set(slope)
	line.R1.Mul(slope, &point.X).Sub(&line.R1, &point.Y)
	var x curve.E2
	x.Square(slope).Sub(&x, &point.X).Sub(&x, other)
	point.Y.Mul(slope, &x).Sub(&line.R1, &point.Y) // λ·(x₁ − x) − y₁
	point.X.Set(&x)
}

// invert inverts all denominators with one inversion. One that is 0 stays 0: of the point at infinity, whose lines are 1; another point that has
// one is not of the subgroup.
func (w *walk) invert() {
	var product curve.E2
	product.SetOne()
	for k := range w.inverses {
		w.products[k].Set(&product)
		if w.inverses[k].IsZero() {
			w.inside = w.inside && w.start[k].IsInfinity()
			continue
		}
		product.Mul(&product, &w.inverses[k])
	}
	product.Inverse(&product)
	for k := len(w.inverses) - 1; k >= 0; k-- {
		if denominator := w.inverses[k]; !denominator.IsZero() {
			w.inverses[k].Mul(&product, &w.products[k])
			product.Mul(&product, &denominator)
		}
	}
}
