/** What is seen of devices: enrolment, certificates, dashboards, alert rules, service discovery, links. */
@NullMarked
package dev.muster.observe;

import org.jspecify.annotations.NullMarked;
