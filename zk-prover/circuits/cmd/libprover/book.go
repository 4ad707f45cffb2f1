package main

// #include <stdint.h>
import "C"

import (
	"time"
	"unsafe"

	"bulwark.io/circuits/book"
	"bulwark.io/circuits/canonical"
	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/risktable"
)

// layersMax bounds the layers of a book: each sums four nodes or more.
const layersMax = 16

func bookKeys(batch C.int64_t, layers *C.int64_t, count C.int64_t, top C.int64_t) (keys book.Keys, err error) {
	if count < 0 || count > layersMax || layers == nil && count > 0 {
		return keys, missing("layers")
	}
	if keys.Batch, err = circuits.get(batch, "batch"); err != nil {
		return keys, err
	}
	for _, handle := range unsafe.Slice(layers, int(count)) {
		var layer *groth.Key
		if layer, err = circuits.get(handle, "layers"); err != nil {
			return keys, err
		}
		keys.Layers = append(keys.Layers, layer)
	}
	keys.Top, err = circuits.get(top, "top")
	return keys, err
}

func parsedTable(table *C.uint8_t, n C.int64_t) (*risktable.Table, error) {
	encoded, err := input(table, n, "table")
	if err != nil {
		return nil, err
	}
	return risktable.Parse(encoded)
}

//export bw_book_prove
func bw_book_prove(batch C.int64_t, layers *C.int64_t, count C.int64_t, top C.int64_t, table *C.uint8_t, n C.int64_t, req *C.uint8_t, m C.int64_t,
	out **C.uint8_t, outLen *C.int64_t) C.int32_t {
	result := buffer{out, outLen}
	return result.loud(func() error {
		keys, err := bookKeys(batch, layers, count, top)
		if err != nil {
			return err
		}
		parsed, err := parsedTable(table, n)
		if err != nil {
			return err
		}
		encoded, err := input(req, m, "request")
		if err != nil {
			return err
		}
		request, kept, err := book.ParseHouse(encoded, parsed)
		if err != nil {
			return err
		}
		begin, processor := time.Now(), processorMillis()
		bundle, kept, figures, err := keys.Prove(request, kept)
		if err != nil {
			return err
		}
		result.write(canonical.Encode([]any{bundle.Encode(), kept.Encode(), []any{figures.Accounts, figures.Batches, figures.BatchesProved,
			int64(keys.Batch.Constraints()), time.Since(begin).Milliseconds(), processorMillis() - processor}}))
		return nil
	})
}

//export bw_book_verify
func bw_book_verify(keys *C.uint8_t, n C.int64_t, table *C.uint8_t, m C.int64_t, bundle *C.uint8_t, l C.int64_t,
	err **C.uint8_t, errLen *C.int64_t) C.int32_t {
	return buffer{err, errLen}.loud(func() error {
		encodedKeys, err := input(keys, n, "keys")
		if err != nil {
			return err
		}
		verifying, err := book.ParseKeys(encodedKeys)
		if err != nil {
			return err
		}
		parsed, err := parsedTable(table, m)
		if err != nil {
			return err
		}
		encoded, err := input(bundle, l, "book")
		if err != nil {
			return err
		}
		published, err := book.ParseBundle(encoded)
		if err != nil {
			return err
		}
		return published.Verify(verifying, parsed)
	})
}
