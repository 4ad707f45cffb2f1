package io.bulwark.conformance;

import java.util.List;

/** The kinds of cases that one room computes. A room on the class path is found as a service ({@link java.util.ServiceLoader}): the harness names none. */
public interface Kinds {
    /** How they are computed. No two computations of the program know one kind. */
    List<Computation> computations();
}
