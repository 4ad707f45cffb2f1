package io.bulwark.netting.margin;

/** What the evaluator answers: a statement, or the first fault of an account that has no margin. */
public sealed interface MarginResult permits MarginStatement, MarginRefusal {}
