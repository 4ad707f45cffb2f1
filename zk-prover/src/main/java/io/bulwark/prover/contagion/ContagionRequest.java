package io.bulwark.prover.contagion;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.netting.buffer.BufferTariff;
import io.bulwark.netting.buffer.HouseBook;
import io.bulwark.netting.contagion.ForcedFlows;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.EpochCommitment;
import io.bulwark.prover.fund.FundRequest;
import java.util.Comparator;
import java.util.List;

/**
 * What the certificate of one epoch's contagion vectors is asked with.
 *
 * @param epoch the sealed epoch
 * @param table its risk table
 * @param tariff its buffer tariff
 * @param accounts every account of its tree
 */
public record ContagionRequest(
        EpochCommitment epoch, RiskTable table, BufferTariff tariff, List<FundRequest.Account> accounts) {
    private static final String SCHEMA = "bulwark-contagion-prove";
    private static final int VERSION = 2;

    /** Sorts the accounts. */
    public ContagionRequest {
        accounts = accounts.stream()
                .sorted(Comparator.comparingLong(account -> account.leaf().number()))
                .toList();
    }

    /** What accounts are forced to trade at the published vectors, by scenario, or why no circuit of the shape proves them: decided before any key is opened. */
    public Answer<List<ForcedFlows>> flows(ProverLibrary library, ContagionShape shape) {
        return library.contagionFlows(shape.encoded(), table.encode(), encode()).map(answer -> {
            List<ForcedFlows> flows = ContagionProver.flows(answer);
            answer.end();
            return flows;
        });
    }

    /** As the library reads it. It holds every account: for the call only. */
    byte[] encode() {
        return CanonicalValue.array(
                        CanonicalValue.text(SCHEMA),
                        CanonicalValue.integer(VERSION),
                        CanonicalValue.bytes(epoch.document()),
                        CanonicalValue.bytes(tariff.encode()),
                        CanonicalValue.array(HouseBook.scenarioRows(table).stream()
                                .map(CanonicalValue::integer)
                                .toList()),
                        CanonicalValue.array(accounts.stream()
                                .map(account -> CanonicalValue.bytes(
                                        account.leaf().encoded().encode()))
                                .toList()),
                        CanonicalValue.array(accounts.stream()
                                .map(account -> account.margin().encoded())
                                .toList()))
                .encode();
    }

    /** The epoch's number alone: accounts are nobody else's business. */
    @Override
    public String toString() {
        return "ContagionRequest[epoch=" + epoch.epoch() + ", accounts=" + accounts.size() + "]";
    }
}
