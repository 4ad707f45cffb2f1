/** The house as a whole is held to its own rules: arrows, cycles, purity, names, tidiness. */
package io.bulwark.architecture;
