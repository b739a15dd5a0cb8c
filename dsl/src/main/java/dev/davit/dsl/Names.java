package dev.davit.dsl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.control.SourceUnit;
import org.jspecify.annotations.Nullable;

/** Where the names stand in a script: a stack trace tells the line at best, and of a chain of calls not even that. */
final class Names {

    /** A name in the source; line and column from 1. */
    record Place(String name, int line, int column) { }

    private final List<Place> places = new ArrayList<>();
    private final List<String> variables = new ArrayList<>();

    private Names() {
    }

    static Names in(ScriptSource source) {
        Names names = new Names();
        CompilationUnit unit = new CompilationUnit();
        SourceUnit script = unit.addSource(source.name(), source.text());
        try {
            unit.compile(Phases.CONVERSION);
            for (ClassNode type : script.getAST().getClasses()) {
                names.new Visitor(script).visitClass(type);
            }
        } catch (CompilationFailedException e) {
            return names; // a script that does not parse has failed with its own place
        }
        return names;
    }

    /** Where the name stands at this line, or after it in the same chain of calls. */
    Optional<Place> find(String name, int line) {
        Optional<Place> after = places.stream().filter(p -> p.name.equals(name) && p.line >= line)
                .min((a, b) -> Integer.compare(a.line, b.line));
        return after.or(() -> places.stream().filter(p -> p.name.equals(name))
                .max((a, b) -> Integer.compare(a.line, b.line)));
    }

    /** The variables that the script declares. */
    List<String> variables() {
        return variables;
    }

    private final class Visitor extends ClassCodeVisitorSupport {

        private final SourceUnit source;

        Visitor(SourceUnit source) {
            this.source = source;
        }

        @Override
        protected SourceUnit getSourceUnit() {
            return source;
        }

        @Override
        public void visitMethodCallExpression(MethodCallExpression call) {
            add(call.getMethodAsString(), call.getMethod());
            super.visitMethodCallExpression(call);
        }

        @Override
        public void visitPropertyExpression(PropertyExpression expression) {
            add(expression.getPropertyAsString(), expression.getProperty());
            super.visitPropertyExpression(expression);
        }

        @Override
        public void visitMapEntryExpression(MapEntryExpression entry) {
            add(entry.getKeyExpression().getText(), entry.getKeyExpression());
            super.visitMapEntryExpression(entry);
        }

        @Override
        public void visitVariableExpression(VariableExpression expression) {
            add(expression.getName(), expression);
            super.visitVariableExpression(expression);
        }

        @Override
        public void visitDeclarationExpression(DeclarationExpression expression) {
            if (!expression.isMultipleAssignmentDeclaration()) {
                variables.add(expression.getVariableExpression().getName());
            }
            super.visitDeclarationExpression(expression);
        }

        private void add(@Nullable String name, ASTNode node) {
            if (name != null && node.getLineNumber() > 0) {
                places.add(new Place(name, node.getLineNumber(), node.getColumnNumber()));
            }
        }
    }
}
