package boundary

import (
	"encoding/binary"
	"sync"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/account"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/plain/tariff"
	"bulwark.io/circuits/plain/tree"
	"bulwark.io/circuits/refusal"
)

const (
	// hashElementsMax bounds one native hash.
	hashElementsMax = 1 << 16
	// leavesMax bounds one update of a tree.
	leavesMax = 1 << 22
	// indexBytes is the length of a leaf's place, big-endian.
	indexBytes = 8
)

type lockedTree struct {
	sync.Mutex
	*tree.Tree
}

var (
	trees  handles[*lockedTree]
	tables handles[*risktable.Table]
)

func init() {
	functions["hash"] = function{[]string{"domain", "elements"}, hash}
	functions["node"] = function{[]string{"children"}, node}
	functions["tree-open"] = function{[]string{"depth"}, openTree}
	functions["tree-update"] = function{[]string{"tree", "indices", "leaves"}, updateTree}
	functions["tree-root"] = function{[]string{"tree"}, rootOfTree}
	functions["tree-path"] = function{[]string{"tree", "index"}, pathOfTree}
	functions["tree-close"] = trees.closing("tree")
	functions["table-open"] = function{[]string{"table"}, openTable}
	functions["table-root"] = function{[]string{"table"}, rootOfTable}
	functions["table-evaluated"] = function{[]string{"table", "opening", "epoch", "requestRoot"}, evaluateTable}
	functions["tariff-commit"] = function{[]string{"table", "tariff"}, commitTariff}
	functions["tariff-charge"] = function{[]string{"table", "tariff", "account"}, chargeByTariff}
	functions["table-close"] = tables.closing("table")
	functions["account-leaf"] = function{[]string{"account"}, accountLeaf}
	functions["attestation-leaf"] = function{[]string{"attestation"}, attestationLeaf}
	functions["owner"] = function{[]string{"secret", "ownerTail", "account"}, owner}
	functions["epoch-digest"] = function{[]string{"request"}, epochDigest}
}

func hash(arguments []canonical.Value) (any, error) {
	domain := arguments[0].Int(1, int64(publicinput.DomainMax))
	decoded, err := elements(arguments[1], hashElementsMax)
	if err != nil {
		return nil, err
	}
	return encoded(publicinput.HashOf(publicinput.Domain(domain), decoded...)), nil
}

func node(arguments []canonical.Value) (any, error) {
	four, err := elements(arguments[0], tree.Arity)
	if err == nil && len(four) != tree.Arity {
		arguments[0].Refuse("WRONG_LENGTH")
		err = arguments[0].Fault()
	}
	if err != nil {
		return nil, err
	}
	return encoded(publicinput.Node(four[0], four[1], four[2], four[3])), nil
}

func openTree(arguments []canonical.Value) (any, error) {
	depth := arguments[0].Int(1, tree.DepthMax)
	if err := arguments[0].Fault(); err != nil {
		return nil, err
	}
	return trees.add(&lockedTree{Tree: tree.New(int(depth))}), nil
}

func withTree(argument canonical.Value, run func(*tree.Tree) (any, error)) (any, error) {
	t, err := trees.get(argument)
	if err != nil {
		return nil, err
	}
	t.Lock()
	defer t.Unlock()
	return run(t.Tree)
}

// updateTree sets leaves: all or none.
func updateTree(arguments []canonical.Value) (any, error) {
	return withTree(arguments[0], func(t *tree.Tree) (any, error) {
		decoded, err := elements(arguments[2], leavesMax)
		if err != nil {
			return nil, err
		}
		indices := bytesOf(arguments[1], leavesMax*indexBytes)
		if len(indices) != len(decoded)*indexBytes {
			arguments[1].Refuse("WRONG_LENGTH")
			return nil, arguments[1].Fault()
		}
		leaves := make(map[int64]fr.Element, len(decoded))
		for i := range decoded {
			place := int64(binary.BigEndian.Uint64(indices[i*indexBytes:]))
			if place < 0 || place >= t.Size() {
				return nil, refusal.New(refusal.Request, "OUT_OF_RANGE", "%s[%d]", arguments[1].Where(), i)
			}
			leaves[place] = decoded[i]
		}
		t.Update(leaves)
		return nil, nil
	})
}

func rootOfTree(arguments []canonical.Value) (any, error) {
	return withTree(arguments[0], func(t *tree.Tree) (any, error) { return encoded(t.Root()), nil })
}

// pathOfTree gives the siblings beside the way to a leaf, root level first, leaf level last.
func pathOfTree(arguments []canonical.Value) (any, error) {
	return withTree(arguments[0], func(t *tree.Tree) (any, error) {
		index := arguments[1].Int(0, t.Size()-1)
		if err := arguments[1].Fault(); err != nil {
			return nil, err
		}
		path := make([]byte, 0, t.Depth()*(tree.Arity-1)*fr.Bytes)
		for _, siblings := range t.Path(index) {
			for _, sibling := range siblings {
				path = append(path, encoded(sibling)...)
			}
		}
		return path, nil
	})
}

// parsed is a risk table in its canonical encoding.
func parsed(argument canonical.Value) (*risktable.Table, error) {
	encoding, err := document(argument, tableBytesMax)
	if err != nil {
		return nil, err
	}
	return risktable.Parse(encoding)
}

func openTable(arguments []canonical.Value) (any, error) {
	table, err := parsed(arguments[0])
	if err != nil {
		return nil, err
	}
	return tables.add(table), nil
}

func rootOfTable(arguments []canonical.Value) (any, error) {
	table, err := tables.get(arguments[0])
	if err != nil {
		return nil, err
	}
	return encoded(table.Root), nil
}

// evaluateTable gives ρ of an epoch digest and a request root, and the root of the table's tree at ρ as an opening packs it.
func evaluateTable(arguments []canonical.Value) (any, error) {
	table, err := tables.get(arguments[0])
	if err != nil {
		return nil, err
	}
	opening, epoch, requestRoot := account.ReadOpening(arguments[1]), arguments[2].Element(), arguments[3].Element()
	if !opening.Sealed() {
		arguments[1].Refuse("BAD_SHAPE")
	}
	if err := arguments[1].Fault(); err != nil {
		return nil, err
	}
	evaluated := table.EvaluateAt(opening.Packing(), publicinput.RhoOf(epoch, requestRoot))
	return []any{encoded(evaluated.Point), encoded(evaluated.Root)}, nil
}

// commitTariff gives the digest of a tariff beside its table, and the sizes that a shape needs to open it.
func commitTariff(arguments []canonical.Value) (any, error) {
	table, err := tables.get(arguments[0])
	if err != nil {
		return nil, err
	}
	encoding, err := document(arguments[1], requestBytesMax)
	if err != nil {
		return nil, err
	}
	opened, err := tariff.Parse(table, encoding)
	if err != nil {
		return nil, err
	}
	return []any{encoded(opened.Digest), int64(opened.Scenarios), int64(opened.GroupPlaces()), int64(opened.EntryPlaces())}, nil
}

// chargeByTariff is the Buffer of an account as booked.
func chargeByTariff(arguments []canonical.Value) (any, error) {
	table, err := tables.get(arguments[0])
	if err != nil {
		return nil, err
	}
	encoding, err := document(arguments[1], requestBytesMax)
	if err != nil {
		return nil, err
	}
	booked, err := document(arguments[2], requestBytesMax)
	if err != nil {
		return nil, err
	}
	leaf, err := account.ParseAccount(booked)
	if err != nil {
		return nil, err
	}
	buffer, err := account.BufferOf(table, encoding, leaf)
	if err != nil {
		return nil, err
	}
	return buffer, nil
}

func accountLeaf(arguments []canonical.Value) (any, error) {
	encoding, err := document(arguments[0], requestBytesMax)
	if err != nil {
		return nil, err
	}
	leaf, err := account.ParseAccount(encoding)
	if err != nil {
		return nil, err
	}
	return encoded(leaf.Hash()), nil
}

func attestationLeaf(arguments []canonical.Value) (any, error) {
	encoding, err := document(arguments[0], requestBytesMax)
	if err != nil {
		return nil, err
	}
	attestation, err := account.ParseAttestation(encoding)
	if err != nil {
		return nil, err
	}
	return encoded(attestation.Hash()), nil
}

// owner is H(14; secret, number + 2^32·tail).
func owner(arguments []canonical.Value) (any, error) {
	secret, tail := arguments[0].Element(), arguments[1].Element()
	number, err := handle(arguments[2])
	if err != nil {
		return nil, err
	}
	commitment, err := account.Owner(secret, tail, number)
	if err != nil {
		return nil, err
	}
	return encoded(commitment), nil
}

func epochDigest(arguments []canonical.Value) (any, error) {
	encoding, err := document(arguments[0], requestBytesMax)
	if err != nil {
		return nil, err
	}
	epoch, err := account.ParseEpoch(encoding)
	if err != nil {
		return nil, err
	}
	return encoded(epoch.Digest()), nil
}
