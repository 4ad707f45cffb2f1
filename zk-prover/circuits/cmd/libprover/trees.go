package main

// #include <stdint.h>
import "C"

import (
	"sync"
	"unsafe"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/account"
	"bulwark.io/circuits/publicinput"
	"bulwark.io/circuits/refusal"
	"bulwark.io/circuits/risktable"
	"bulwark.io/circuits/tree"
)

// hashElementsMax bounds one native hash.
const hashElementsMax = 1 << 20

type lockedTree struct {
	sync.Mutex
	*tree.Tree
}

var (
	trees  handles[*lockedTree]
	tables handles[*risktable.Table]
)

//export bw_hash
func bw_hash(domain C.int32_t, elems32 *C.uint8_t, n C.int64_t, out32 *C.uint8_t) C.int32_t {
	return quiet(func() error {
		if domain < 1 || publicinput.Domain(domain) > publicinput.DomainMax || n > hashElementsMax {
			return refusal.New(refusal.Request, "OUT_OF_RANGE", "domain")
		}
		decoded, err := elements(elems32, n, "elements")
		if err != nil {
			return err
		}
		return writeElement(out32, publicinput.HashOf(publicinput.Domain(domain), decoded...))
	})
}

//export bw_node
func bw_node(four32 *C.uint8_t, out32 *C.uint8_t) C.int32_t {
	return quiet(func() error {
		four, err := elements(four32, tree.Arity, "children")
		if err != nil {
			return err
		}
		return writeElement(out32, publicinput.Node(four[0], four[1], four[2], four[3]))
	})
}

//export bw_tree_open
func bw_tree_open(depth C.int32_t) C.int64_t {
	var handle int64
	class := quiet(func() error {
		if depth < 1 || depth > tree.DepthMax {
			return refusal.New(refusal.Request, "OUT_OF_RANGE", "depth")
		}
		handle = trees.add(&lockedTree{Tree: tree.New(int(depth))})
		return nil
	})
	if class != 0 {
		return C.int64_t(class)
	}
	return C.int64_t(handle)
}

func withTree(h C.int64_t, run func(*tree.Tree) error) C.int32_t {
	return quiet(func() error {
		t, err := trees.get(h, "tree")
		if err != nil {
			return err
		}
		t.Lock()
		defer t.Unlock()
		return run(t.Tree)
	})
}

//export bw_tree_update
func bw_tree_update(h C.int64_t, index *C.int64_t, leaves32 *C.uint8_t, n C.int64_t) C.int32_t {
	return withTree(h, func(t *tree.Tree) error {
		decoded, err := elements(leaves32, n, "leaves")
		if err != nil {
			return err
		}
		if index == nil && n > 0 {
			return refusal.New(refusal.Request, "WRONG_LENGTH", "index")
		}
		leaves := make(map[int64]fr.Element, n)
		for i, place := range unsafe.Slice((*int64)(unsafe.Pointer(index)), int(n)) {
			if place < 0 || place >= t.Size() {
				return refusal.New(refusal.Request, "OUT_OF_RANGE", "index[%d]", i)
			}
			leaves[place] = decoded[i]
		}
		t.Update(leaves)
		return nil
	})
}

//export bw_tree_root
func bw_tree_root(h C.int64_t, out32 *C.uint8_t) C.int32_t {
	return withTree(h, func(t *tree.Tree) error { return writeElement(out32, t.Root()) })
}

//export bw_tree_path
func bw_tree_path(h C.int64_t, index C.int64_t, out *C.uint8_t) C.int32_t {
	return withTree(h, func(t *tree.Tree) error {
		if index < 0 || int64(index) >= t.Size() {
			return refusal.New(refusal.Request, "OUT_OF_RANGE", "index")
		}
		written, err := output(out, t.Depth()*(tree.Arity-1)*fr.Bytes)
		if err != nil {
			return err
		}
		for _, siblings := range t.Path(int64(index)) {
			for _, sibling := range siblings {
				encoded := sibling.Bytes()
				copy(written, encoded[:])
				written = written[fr.Bytes:]
			}
		}
		return nil
	})
}

//export bw_tree_close
func bw_tree_close(h C.int64_t) C.int32_t {
	return quiet(func() error { return trees.close(h, "tree") })
}

//export bw_table_open
func bw_table_open(encoding *C.uint8_t, n C.int64_t, handle *C.int64_t, err **C.uint8_t, errLen *C.int64_t) C.int32_t {
	return buffer{err, errLen}.loud(func() error {
		encoded, err := input(encoding, n, "table")
		if err != nil {
			return err
		}
		if handle == nil {
			return refusal.New(refusal.Request, "WRONG_LENGTH", "handle")
		}
		table, err := risktable.Parse(encoded)
		if err != nil {
			return err
		}
		*handle = C.int64_t(tables.add(table))
		return nil
	})
}

//export bw_table_root
func bw_table_root(h C.int64_t, out32 *C.uint8_t) C.int32_t {
	return quiet(func() error {
		table, err := tables.get(h, "table")
		if err != nil {
			return err
		}
		return writeElement(out32, table.Root)
	})
}

// bw_table_evaluated gives ρ of an epoch digest and a request root, and the root of the table's tree at ρ.
//
//export bw_table_evaluated
func bw_table_evaluated(h C.int64_t, epoch32, requestRoot32, rho32, root32 *C.uint8_t) C.int32_t {
	return quiet(func() error {
		table, err := tables.get(h, "table")
		if err != nil {
			return err
		}
		epoch, err := elements(epoch32, 1, "epoch")
		if err != nil {
			return err
		}
		requestRoot, err := elements(requestRoot32, 1, "requestRoot")
		if err != nil {
			return err
		}
		evaluated := table.EvaluateAt(publicinput.RhoOf(epoch[0], requestRoot[0]))
		if err := writeElement(rho32, evaluated.Point); err != nil {
			return err
		}
		return writeElement(root32, evaluated.Root)
	})
}

//export bw_table_close
func bw_table_close(h C.int64_t) C.int32_t {
	return quiet(func() error { return tables.close(h, "table") })
}

//export bw_attestation_leaf
func bw_attestation_leaf(cbor *C.uint8_t, n C.int64_t, out32 *C.uint8_t, err **C.uint8_t, errLen *C.int64_t) C.int32_t {
	return buffer{err, errLen}.loud(func() error {
		encoded, err := input(cbor, n, "attestation")
		if err != nil {
			return err
		}
		attestation, err := account.ParseAttestation(encoded)
		if err != nil {
			return err
		}
		return writeElement(out32, attestation.Hash())
	})
}

//export bw_account_leaf
func bw_account_leaf(cbor *C.uint8_t, n C.int64_t, out32 *C.uint8_t, err **C.uint8_t, errLen *C.int64_t) C.int32_t {
	return buffer{err, errLen}.loud(func() error {
		encoded, err := input(cbor, n, "account")
		if err != nil {
			return err
		}
		leaf, err := account.ParseAccount(encoded)
		if err != nil {
			return err
		}
		return writeElement(out32, leaf.Hash())
	})
}

//export bw_owner
func bw_owner(secret32 *C.uint8_t, tail32 *C.uint8_t, accountNumber C.int64_t, out32 *C.uint8_t) C.int32_t {
	return quiet(func() error {
		secret, err := elements(secret32, 1, "secret")
		if err != nil {
			return err
		}
		tail, err := elements(tail32, 1, "ownerTail")
		if err != nil {
			return err
		}
		owner, err := account.Owner(secret[0], tail[0], int64(accountNumber))
		if err != nil {
			return err
		}
		return writeElement(out32, owner)
	})
}

//export bw_epoch_digest
func bw_epoch_digest(cbor *C.uint8_t, n C.int64_t, out32 *C.uint8_t, err **C.uint8_t, errLen *C.int64_t) C.int32_t {
	return buffer{err, errLen}.loud(func() error {
		encoded, err := input(cbor, n, "request")
		if err != nil {
			return err
		}
		epoch, err := account.ParseEpoch(encoded)
		if err != nil {
			return err
		}
		return writeElement(out32, epoch.Digest())
	})
}
