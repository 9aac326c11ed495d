/**
 * Turns boards on and off: power outlets of switches and strips over SNMP, GPIO lines, commands, and outlets that only
 * exist in memory. Contract: board lab, §8.1 and §8.4.
 */
@NullMarked
package dev.muster.lab.power;

import org.jspecify.annotations.NullMarked;
