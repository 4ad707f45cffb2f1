package account

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/constraint/margin"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/tree"
	"bulwark.io/circuits/refusal"
)

// MarginLeafInputs are what the account's leaf of the margin tree holds beside what this circuit computes itself, and the nodes of its path.
// Which child each node takes is the account's own path's to say.
type MarginLeafInputs struct {
	Member, Salt frontend.Variable
	Nodes        [][tree.Arity]frontend.Variable // the root's children first
}

func newMarginLeaf(shape Shape) MarginLeafInputs {
	return MarginLeafInputs{Nodes: make([][tree.Arity]frontend.Variable, shape.Depth)}
}

// sealsMargins says whether the shape knows tag 6: the house proves it, which needs neither attestations nor the compact opening, and both are
// to stay small.
func (s Shape) sealsMargins() bool {
	return s.Opening.Packing() == publicinput.Wide && s.Venues == 0
}

// marginIsSealed: where sealed is 1, the leaf of the margin tree at the account's number holds IM, MM and E of the account as booked, and the
// tariff's Buffer. A shape that opens no tariff has no Buffer to show, so its epoch must publish none. The house alone says this, of a named
// account (claimHolds), in no conversation: challenge, scope and m are 0. Where sealed is 0, the leaf is of no tree.
func (d *definition) marginIsSealed(sealed frontend.Variable) error {
	if !d.shape.sealsMargins() {
		return nil
	}
	inputs, buffer := &d.MarginLeaf[0], frontend.Variable(0)
	if d.shape.opensTariff() {
		buffer = d.Buffer[0].Buffer
	} else {
		d.api.AssertIsEqual(d.api.Mul(sealed, d.Epoch[publicinput.EpochBuffer]), 0)
	}
	leaf, err := d.hasher.Hash(publicinput.MarginLeafHash, d.number, inputs.Member, d.outcome.InitialMargin, d.outcome.MaintenanceMargin,
		d.outcome.Equity, buffer, inputs.Salt)
	if err != nil {
		return err
	}
	steps := make([]gadget.Step, len(inputs.Nodes))
	for level, children := range inputs.Nodes {
		steps[level] = gadget.Step{High: d.Account.Path[level].High, Low: d.Account.Path[level].Low, Children: children}
	}
	root, err := d.hasher.Climb(leaf, steps)
	if err != nil {
		return err
	}
	d.api.AssertIsEqual(d.api.Mul(sealed, d.api.Sub(root, d.Epoch[publicinput.EpochMarginRoot])), 0)
	d.zeros.Product(sealed, d.api.Sub(1, d.Owner.ByHouse))
	d.zeros.Product(sealed, d.api.Sub(1, d.Chosen.Candidate[publicinput.Given]))
	d.zeros.Product(sealed, d.Chosen.Amount)
	d.api.AssertIsEqual(d.api.Mul(sealed, d.api.Add(d.Challenge, d.Scope)), 0)
	return nil
}

// SealedMargin says where an account stands in the margin tree, and what its leaf holds beside the formula's figures.
type SealedMargin struct {
	Member int64
	Salt   fr.Element
	Path   [][tree.Arity - 1]fr.Element
}

// leafOf is the leaf that figures make.
func (m SealedMargin) leafOf(number int64, figures margin.Figures, buffer int64) publicinput.MarginLeaf {
	return publicinput.MarginLeaf{Number: number, Member: m.Member, Initial: figures.InitialMargin, Maintenance: figures.MaintenanceMargin,
		Equity: figures.Equity, Buffer: buffer, Salt: m.Salt}
}

// checkSealing refuses a request of tag 6 that no circuit of the shape could satisfy.
func checkSealing(shape Shape, request Request) error {
	if request.Claim.Tag != publicinput.TagMarginSealed {
		return nil
	}
	switch {
	case !request.Challenge.IsZero():
		return refusal.New(refusal.Claim, "MUST_BE_ZERO", "request.challenge")
	case !request.Scope.IsZero():
		return refusal.New(refusal.Claim, "MUST_BE_ZERO", "request.scope")
	case request.Claim.Amount != 0:
		return refusal.New(refusal.Claim, "MUST_BE_ZERO", "request.m")
	case request.Margin == nil:
		return refusal.New(refusal.Request, "NO_MARGIN_LEAF", "request.margin")
	case !shape.opensTariff() && !request.Epoch.BufferDigest.IsZero():
		return refusal.New(refusal.Account, "BUFFER_DIFFERS", "epoch.bufferDigest")
	default:
		return nil
	}
}

// isSealed says whether the leaf that figures make stands in the epoch's margin tree.
func (r Request) isSealed(figures margin.Figures, buffer int64) bool {
	_, root := tree.Climb(r.Margin.leafOf(r.Account.Number, figures, buffer).Hash(), r.Account.Number, r.Margin.Path)
	return root == r.Epoch.MarginRoot
}

// marginLeaf fills the leaf; a claim of another tag has one under nodes of its own.
func (a *assigner) marginLeaf(figures margin.Figures, buffer int64) {
	for i := range a.circuit.MarginLeaf {
		sealed := SealedMargin{Path: make([][tree.Arity - 1]fr.Element, a.circuit.shape.Depth)}
		if a.request.Claim.Tag == publicinput.TagMarginSealed {
			sealed = *a.request.Margin
		}
		inputs := &a.circuit.MarginLeaf[i]
		inputs.Member, inputs.Salt = gadget.Signed(sealed.Member), sealed.Salt
		nodes, _ := tree.Climb(sealed.leafOf(a.request.Account.Number, figures, buffer).Hash(), a.request.Account.Number, sealed.Path)
		for level, children := range nodes {
			for place, child := range children {
				inputs.Nodes[level][place] = child
			}
		}
	}
}
