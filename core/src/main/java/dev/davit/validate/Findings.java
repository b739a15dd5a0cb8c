package dev.davit.validate;

import java.util.AbstractList;
import java.util.List;

/** All that is wrong with something, in the order of its parts; empty if it is as it should be. Unmodifiable. */
public final class Findings extends AbstractList<Finding> {

    private final List<Finding> findings;
    private final List<Finding> notes;

    Findings(List<Finding> findings, List<Finding> notes) {
        this.findings = List.copyOf(findings);
        this.notes = List.copyOf(notes);
    }

    @Override
    public Finding get(int index) {
        return findings.get(index);
    }

    @Override
    public int size() {
        return findings.size();
    }

    /** What is not wrong but worth knowing, such as a blob that nothing refers to. */
    public List<Finding> notes() {
        return notes;
    }
}
