package io.bulwark.netting.margin;

import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.portfolio.MarginAccount;

/**
 * One split of the booked account and what it requires.
 *
 * @param allocation which split
 * @param account the account in that split
 * @param requirement its requirement
 */
public record Candidate(Allocation allocation, MarginAccount account, Requirement requirement) {}
