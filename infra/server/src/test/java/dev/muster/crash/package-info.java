/** What was acknowledged survives kill -9, and a retry has one effect: shown by killing the real server under load. */
package dev.muster.crash;
