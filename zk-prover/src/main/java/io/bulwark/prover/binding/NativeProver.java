package io.bulwark.prover.binding;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;

/**
 * The exported functions of the native library, by their C names; {@code zk-prover/circuits/ABI.md} says what each does.
 *
 * <p>Only {@link ProverLibrary} calls them. A result below 0 is a class of error, {@link RefusalKind}.
 */
interface NativeProver extends Library {

    int bw_abi_version();

    void bw_free(Pointer block);

    int bw_config(byte[] request, long length);

    int bw_hash(int domain, byte[] elements, long count, byte[] out);

    int bw_node(byte[] children, byte[] out);

    long bw_tree_open(int depth);

    int bw_tree_update(long tree, long[] indices, byte[] leaves, long count);

    int bw_tree_root(long tree, byte[] out);

    int bw_tree_path(long tree, long index, byte[] out);

    int bw_tree_close(long tree);

    int bw_table_open(
            byte[] encoding, long length, LongByReference table, PointerByReference error, LongByReference errorLength);

    int bw_table_root(long table, byte[] out);

    int bw_table_evaluated(long table, byte[] epoch, byte[] requestRoot, byte[] rho, byte[] root);

    int bw_table_close(long table);

    int bw_account_leaf(byte[] account, long length, byte[] out, PointerByReference error, LongByReference errorLength);

    int bw_attestation_leaf(
            byte[] attestation, long length, byte[] out, PointerByReference error, LongByReference errorLength);

    int bw_setup(byte[] request, long length, PointerByReference out, LongByReference outLength);

    int bw_ceremony_init(byte[] request, long length, PointerByReference out, LongByReference outLength);

    int bw_ceremony_contribute(byte[] request, long length, PointerByReference out, LongByReference outLength);

    int bw_ceremony_verify(byte[] request, long length, PointerByReference out, LongByReference outLength);

    int bw_ceremony_seal(byte[] request, long length, PointerByReference out, LongByReference outLength);

    int bw_circuit_open(
            byte[] request,
            long length,
            LongByReference circuit,
            PointerByReference error,
            LongByReference errorLength);

    int bw_circuit_compile(
            byte[] request,
            long length,
            LongByReference circuit,
            PointerByReference error,
            LongByReference errorLength);

    int bw_circuit_close(long circuit);

    int bw_request_commit(
            long circuit,
            long table,
            byte[] account,
            long length,
            long candidate,
            byte[] salt,
            byte[] out,
            PointerByReference error,
            LongByReference errorLength);

    int bw_prove(
            long circuit, long table, byte[] request, long length, PointerByReference out, LongByReference outLength);

    int bw_account_solve(
            long circuit, long table, byte[] request, long length, PointerByReference out, LongByReference outLength);

    int bw_verify(
            byte[] key,
            long keyLength,
            byte[] proof,
            long proofLength,
            byte[] publicInputs,
            long publicLength,
            PointerByReference error,
            LongByReference errorLength);

    int bw_export_solidity(byte[] request, long length, PointerByReference out, LongByReference outLength);

    int bw_solidity_proof(byte[] proof, long length, PointerByReference out, LongByReference outLength);

    int bw_book_prove(
            long batch,
            long[] layers,
            long count,
            long top,
            byte[] table,
            long tableLength,
            byte[] request,
            long length,
            PointerByReference out,
            LongByReference outLength);

    int bw_book_verify(
            byte[] keys,
            long keysLength,
            byte[] table,
            long tableLength,
            byte[] bundle,
            long length,
            PointerByReference error,
            LongByReference errorLength);
}
