package io.bulwark.api.cycle;

import io.bulwark.clearing.epoch.EpochInputs.AccountInput;
import io.bulwark.clearing.ledger.EpochRegister;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.fund.FundRequest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Every account of a sealed epoch with the member behind it and its initial margin, under fresh salts: what statements over the whole house commit to. */
final class MemberMargins {
    private MemberMargins() {}

    /** Members get numbers in the order of their names; an account without margin has 0. */
    static List<FundRequest.Account> of(ComputedEpoch epoch, EpochRegister epochs) {
        Map<Integer, AccountInput> inputs = SealedLeaves.inputs(epoch, epochs);
        List<String> members = inputs.values().stream()
                .map(AccountInput::member)
                .distinct()
                .sorted()
                .toList();
        List<AccountLeaf> leaves = SealedLeaves.of(epoch, epochs);
        SecureRandom random = new SecureRandom();
        List<FundRequest.Account> accounts = new ArrayList<>();
        for (int i = 0; i < leaves.size(); i++) {
            AccountLine line = epoch.accounts().get(i);
            AccountInput input = Objects.requireNonNull(inputs.get(line.number()));
            long margin = line.margin()
                    .stated()
                    .map(statement -> statement.initialMargin())
                    .orElse(0L);
            accounts.add(new FundRequest.Account(
                    leaves.get(i), members.indexOf(input.member()), margin, AccountLeaf.drawSalt(random)));
        }
        return accounts;
    }
}
