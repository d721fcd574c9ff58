/*
 * The whole dialect of KadeDB. Conventions:
 *
 * - Keywords are not lexer rules: the lexer emits IDENT, and StatementTokens gives it the type of the keyword it spells.
 * - Operators of several characters that could be part of a graph pattern (->, <-, >>, ~~, ...) are not tokens either: rules
 *   name their characters, builders check that the characters touch.
 * - QUERY_OPEN is a parenthesis that opens a query, LITERAL_LIST a long run of literals in an IN list, AS_OF the AS of AS OF
 *   SYSTEM TIME, which is no alias, ASOF_JOIN the word asof of a join, which is no alias either; all are made by StatementTokens, so that choosing a rule needs one token of look-ahead.
 * - Binary operators are a flat list here; OperatorPrecedence builds the tree.
 */
grammar KadeSql;

tokens {
    QUERY_OPEN, LITERAL_LIST, AS_OF, ASOF_JOIN,
    // reserved
    ALL, ANALYZE, AND, ANY, ARRAY, AS, ASC, ASYMMETRIC, BETWEEN, BOTH, CASE, CAST, CHECK, COLLATE, CONSTRAINT, CREATE,
    CURRENT_CATALOG, CURRENT_DATE, CURRENT_ROLE, CURRENT_TIME, CURRENT_TIMESTAMP, CURRENT_USER, DEFAULT, DEFERRABLE, DESC,
    DISTINCT, ELSE, END, EXCEPT, EXISTS, FALSE, FETCH, FOR, FOREIGN, FROM, GRAPH_TABLE, GROUP, HAVING, IN, INTERSECT, INTO,
    LATERAL, LEADING, LIMIT, LOCALTIME, LOCALTIMESTAMP, NOT, NULL, OFFSET, ON, ONLY, OR, ORDER, PLACING, PRIMARY, QUALIFY,
    REFERENCES, RETURNING, ROW, SELECT, SESSION_USER, SOME, SYMMETRIC, TABLE, THEN, TO, TRAILING, TRUE, UNION, UNIQUE, USER,
    USING, VALUES, WHEN, WHERE, WINDOW, WITH,
    // may name functions and types only
    AUTHORIZATION, CROSS, CURRENT_SCHEMA, FULL, ILIKE, INNER, IS, ISNULL, JOIN, LEFT, LIKE, NATURAL, NOTNULL, OUTER, OVERLAPS, RIGHT,
    SIMILAR, TABLESAMPLE, VERBOSE,
    // may name columns and tables
    CHARACTER, CUBE, DOUBLE, EXTRACT, GROUPING, INTERVAL, OVERLAY, POSITION, PRECISION, ROLLUP, SUBSTRING, TIME, TIMESTAMP,
    TRIM, JSON_ARRAY, JSON_ARRAYAGG, JSON_EXISTS, JSON_OBJECT, JSON_OBJECTAGG, JSON_QUERY, JSON_SCALAR, JSON_SERIALIZE, JSON_TABLE, JSON_VALUE,
    // not reserved
    ABORT, ACTION, ADD, ALTER, ALWAYS, ARE, AT, BACKUP, BEGIN, BY, CASCADE, CHAIN, CHARACTERISTICS, CHECKPOINT, COLUMN, COLUMNS, COMMENT, COMMIT,
    COMMITTED, CONFLICT, CONTINUE, COPY, CSV, CURRENT, DATA, DATABASE, DEALLOCATE, DELETE, DELIMITER, DESCRIBE, DESTINATION, DISCARD, DO,
    DROP, EDGE, ENCODING, ESCAPE, EXCLUDE, EXECUTE, EXPLAIN, EXPORT, EXTENSION, FILTER, FIRST, FOLLOWING, FORMAT, FREEZE, FUNCTION,
    GENERATED, GRANT, GRAPH, GROUPS, HEADER, IDENTITY, IF, IMPORT, INCLUDE, INDEX, INSERT, ISOLATION, KEY, LABEL, LAST, LEVEL, LISTEN,
    LOCAL, LOCK, LOCKS, MATCH, MATCHED, MATERIALIZED, MERGE, NAMES, NEXT, NO, NODE, NORMALIZED, NOTHING, NOTIFY, NOWAIT, NULLS, OF, OPERATOR, ORDINALITY,
    OTHERS, OVER, OVERRIDING, PARTITION, PATH, PER, PRECEDING, PREPARE, PROGRAM, PROPERTIES, PROPERTY, QUOTE, RANGE, READ,
    RECURSIVE, REFRESH, REINDEX, RELATIONSHIP, RELEASE, RENAME, REPEATABLE, REPLACE, RESET, RESTART, RESTRICT, REVOKE, ROLE, ROLLBACK, ROWS, SAVEPOINT,
    SCHEMA, SCHEMAS, SEQUENCE, SERIALIZABLE, SESSION, SET, SETS, SHARE, SHORTEST, SHOW, SOURCE, START, STDIN, STDOUT,
    TABLES, TEMP, TEMPORARY, TIES, TRAIL, TRANSACTION, TRIGGER, TRUNCATE, TYPE, UNBOUNDED, UNCOMMITTED, UNKNOWN, UNLISTEN,
    UNLOGGED, UPDATE, VACUUM, VERTEX, VIEW, WALK, WITHIN, WITHOUT, WORK, WRITE, ZONE, ACYCLIC, SIMPLE, OPTIONAL,
    SYSTEM, TARGET, VALUE,
    CONCURRENTLY, DEFERRED, ENFORCED, IMMEDIATE, INITIALLY, PARTIAL, VALID,
    CACHE, CYCLE, INCREMENT, MAXVALUE, MINVALUE, OWNED, STORED, VIRTUAL,
    OWNER, VALIDATE,
    ABSENT, CONDITIONAL, EMPTY, ERROR, KEEP, KEYS, NESTED, OBJECT, OMIT, PASSING, QUOTES, SCALAR, UNCONDITIONAL, WRAPPER,
    YEAR, MONTH, DAY, HOUR, MINUTE, SECOND
}

@parser::header {
// The dialect's grammar; see KadeSql.g4.
}

@lexer::members {
    /** Reads on to the end of a dollar-quoted string; the opening tag is matched already. */
    private void dollarString() {
        String tag = getText();
        int matched = 0;
        while (_input.LA(1) != IntStream.EOF) {
            if (_input.LA(1) == '$') {
                matched = 0;
                while (matched < tag.length() && _input.LA(1 + matched) == tag.charAt(matched)) {
                    matched++;
                }
                if (matched == tag.length()) {
                    for (int i = 0; i < matched; i++) {
                        getInterpreter().consume(_input);
                    }
                    return;
                }
            }
            getInterpreter().consume(_input);
        }
        setType(UNTERMINATED_DOLLAR_STRING);
    }

    /** Reads on to the end of a block comment, which may hold others. */
    private void blockComment() {
        int depth = 1;
        while (depth > 0 && _input.LA(1) != IntStream.EOF) {
            int step = 1;
            if (_input.LA(1) == '*' && _input.LA(2) == '/') {
                depth--;
                step = 2;
            } else if (_input.LA(1) == '/' && _input.LA(2) == '*') {
                depth++;
                step = 2;
            }
            for (int i = 0; i < step; i++) {
                getInterpreter().consume(_input);
            }
        }
        if (depth == 0) {
            skip();
        } else {
            setType(UNTERMINATED_COMMENT);
        }
    }
}

// ---------------------------------------------------------------------------------------------------------- statements

singleStatement : statement EOF ;
singleExpression : expression EOF ;

statement
    : query                                                                                                 # queryStatement
    | withClause? INSERT INTO qualifiedName (AS identifier)? targetList? overriding? (query | DEFAULT VALUES)
        onConflict? returning?                                                                              # insertStatement
    | withClause? UPDATE ONLY? qualifiedName tableAlias? SET assignments (FROM fromList)? where? returning? # updateStatement
    | withClause? DELETE FROM ONLY? qualifiedName tableAlias? (USING fromList)? where? returning?           # deleteStatement
    | withClause? MERGE INTO ONLY? qualifiedName tableAlias? USING tablePrimary ON expression mergeWhen+
        returning?                                                                                          # mergeStatement
    | TRUNCATE TABLE? ONLY? qualifiedName STAR? (COMMA ONLY? qualifiedName STAR?)*
        ((RESTART | CONTINUE) IDENTITY)? dropBehavior?                                                      # truncateStatement
    | CREATE SCHEMA ifNotExists? identifier                                                                 # createSchema
    | DROP SCHEMA ifExists? identifier (COMMA identifier)* dropBehavior?                                    # dropSchema
    | CREATE temporary? TABLE ifNotExists? qualifiedName LPAREN (tableElement (COMMA tableElement)* COMMA?)? RPAREN
        partitionBy? tableOptions? onCommit?                                                                                           # createTable
    | CREATE temporary? TABLE ifNotExists? qualifiedName nameList? onCommit? AS query (WITH NO? DATA)?      # createTableAs
    | DROP TABLE ifExists? qualifiedName (COMMA qualifiedName)* dropBehavior?                               # dropTable
    | COMMENT ON (commentedObject qualifiedName | CONSTRAINT identifier ON qualifiedName) IS (string | NULL) # commentStatement
    | CREATE (OR REPLACE)? temporary? RECURSIVE? VIEW qualifiedName nameList? AS query checkOption? # createView
    | CREATE MATERIALIZED VIEW ifNotExists? qualifiedName nameList? tableOptions? AS query
        (WITH NO? DATA)?                                                                                    # createMaterializedView
    | DROP MATERIALIZED VIEW ifExists? qualifiedName (COMMA qualifiedName)* dropBehavior?                   # dropMaterializedView
    | REFRESH MATERIALIZED VIEW CONCURRENTLY? qualifiedName (WITH NO? DATA)?                                # refreshMaterializedView
    | ALTER MATERIALIZED VIEW ifExists? qualifiedName RENAME (COLUMN? identifier)? TO identifier            # renameMaterializedView
    | DROP VIEW ifExists? qualifiedName (COMMA qualifiedName)* dropBehavior?                                # dropView
    | ALTER VIEW ifExists? qualifiedName RENAME (COLUMN? identifier)? TO identifier                         # renameView
    | ALTER TABLE ifExists? ONLY? qualifiedName STAR? alterTableAction (COMMA alterTableAction)*            # alterTable
    | ALTER TABLE ifExists? ONLY? qualifiedName STAR? RENAME
        (COLUMN? identifier TO identifier | CONSTRAINT identifier TO identifier | TO identifier)             # renameInTable
    | ALTER TABLE ifExists? qualifiedName SET SCHEMA identifier                                             # setTableSchema
    | ALTER INDEX ifExists? qualifiedName RENAME TO identifier                                              # renameIndex
    | CREATE UNIQUE? INDEX CONCURRENTLY? (ifNotExists? identifier)? ON ONLY? qualifiedName (USING identifier)?
        LPAREN indexColumn (COMMA indexColumn)* RPAREN (INCLUDE nameList)? (NULLS NOT? DISTINCT)? tableOptions? where?    # createIndex
    | DROP INDEX CONCURRENTLY? ifExists? qualifiedName (COMMA qualifiedName)* dropBehavior?                 # dropIndex
    | CREATE temporary? SEQUENCE ifNotExists? qualifiedName sequenceOption*                                            # createSequence
    | ALTER SEQUENCE ifExists? qualifiedName (sequenceOption+ | RENAME TO identifier)                       # alterSequence
    | ALTER SEQUENCE ifExists? qualifiedName SET SCHEMA identifier                                          # moveSequence
    | ALTER SEQUENCE ifExists? qualifiedName OWNER TO (identifier | CURRENT_USER | SESSION_USER)            # ownSequence
    | DROP SEQUENCE ifExists? qualifiedName (COMMA qualifiedName)* dropBehavior?                            # dropSequence
    | CREATE TYPE qualifiedName AS identifier LPAREN (string (COMMA string)*)? RPAREN                        # createType
    | ALTER TYPE qualifiedName ADD VALUE ifNotExists? string (identifier string)?                           # addTypeValue
    | ALTER TYPE qualifiedName RENAME (VALUE string TO string | TO identifier)                              # renameType
    | DROP TYPE ifExists? qualifiedName (COMMA qualifiedName)* dropBehavior?                                # dropType
    | (BEGIN (WORK | TRANSACTION)? | START TRANSACTION) transactionModes?                                   # beginStatement
    | (COMMIT | END) (WORK | TRANSACTION)?                                                                  # commitStatement
    | (ROLLBACK | ABORT) (WORK | TRANSACTION)?                                                              # rollbackStatement
    | ROLLBACK (WORK | TRANSACTION)? TO SAVEPOINT? identifier                                               # rollbackToSavepoint
    | SAVEPOINT identifier                                                                                  # savepointStatement
    | RELEASE SAVEPOINT? identifier                                                                         # releaseSavepoint
    | SET TRANSACTION transactionModes                                                                      # setTransaction
    | SET SESSION CHARACTERISTICS AS TRANSACTION transactionModes                                           # setSessionTransaction
    | SET (SESSION | LOCAL)? TIME ZONE (LOCAL | DEFAULT | settingValue)                                     # setTimeZone
    | SET (SESSION | LOCAL)? SCHEMA settingValue                                                            # setSchema
    | SET (SESSION | LOCAL)? NAMES settingValue                                                             # setNames
    | SET (SESSION | LOCAL)? settingName (TO | EQ) (DEFAULT | settingValue (COMMA settingValue)*)           # setVariable
    | ALTER SYSTEM (SET settingName (TO | EQ) (DEFAULT | settingValue) | RESET settingName)                 # alterSystem
    | RESET (ALL | TIME ZONE | settingName)                                                                 # resetVariable
    | EXPORT DATABASE string WITH? copyOptions?                                                             # exportDatabase
    | IMPORT DATABASE string                                                                                # importDatabase
    | BACKUP DATABASE TO string                                                                             # backupDatabase
    | CHECKPOINT                                                                                            # checkpointStatement
    | CHECK (DATABASE | TABLE qualifiedName)                                                                # checkStatement
    | SHOW CREATE TABLE qualifiedName                                                                       # showCreateTable
    | SHOW CREATE PROPERTY GRAPH qualifiedName                                                              # showCreateGraph
    | SHOW TABLES ((FROM | IN) identifier)?                                                                 # showTables
    | SHOW SCHEMAS                                                                                          # showSchemas
    | SHOW LOCKS                                                                                            # showLocks
    | SHOW (ALL | TIME ZONE | TRANSACTION ISOLATION LEVEL | settingName)                                    # showVariable
    | (DESCRIBE | DESC) TABLE? qualifiedName                                                                # describeStatement
    | COPY qualifiedName nameList? FROM copySource (WITH? copyOptions)? where?                              # copyFrom
    | LOCK TABLE? ONLY? qualifiedName STAR? (COMMA ONLY? qualifiedName STAR?)* (IN lockWord+)? NOWAIT?       # lockTable
    | PREPARE identifier (LPAREN typeName (COMMA typeName)* RPAREN)? AS statement                           # prepareStatement
    | EXECUTE identifier (LPAREN expressionList RPAREN)?                                                    # executeStatement
    | DEALLOCATE PREPARE? (ALL | identifier)                                                                # deallocateStatement
    | DISCARD (ALL | identifier)                                                                            # discardStatement
    | COPY (qualifiedName nameList? | QUERY_OPEN query RPAREN) TO copyTarget (WITH? copyOptions)?           # copyTo
    | EXPLAIN (LPAREN explainOption (COMMA explainOption)* RPAREN | ANALYZE? VERBOSE?) statement            # explainStatement
    | CREATE (OR REPLACE)? PROPERTY GRAPH ifNotExists? qualifiedName vertexTables? edgeTables?              # createPropertyGraph
    | ALTER PROPERTY GRAPH ifExists? qualifiedName graphAlteration                                          # alterPropertyGraph
    | DROP PROPERTY GRAPH ifExists? qualifiedName dropBehavior?                                             # dropPropertyGraph
    ;

commentedObject : TABLE | COLUMN | MATERIALIZED? VIEW | INDEX | SCHEMA | SEQUENCE | PROPERTY GRAPH ;

temporary : LOCAL? (TEMP | TEMPORARY) ;
lockWord : IDENT | ROW | UPDATE | SHARE ;
onCommit : ON COMMIT (DELETE ROWS | DROP | identifier ROWS) ;

ifNotExists : IF NOT EXISTS ;
ifExists : IF EXISTS ;
dropBehavior : CASCADE | RESTRICT ;

assignments : assignment (COMMA assignment)* ;
assignment
    : target EQ (expression | DEFAULT)
    | targetList EQ ROW? (LPAREN rowItem (COMMA rowItem)* RPAREN | QUERY_OPEN query RPAREN)
    ;
checkOption : WITH identifier? CHECK identifier ;

targetList : LPAREN target (COMMA target)* RPAREN ;
target : identifier itemPlace* ;
overriding : OVERRIDING (SYSTEM | USER) VALUE ;
onConflict
    : ON CONFLICT (LPAREN indexColumn (COMMA indexColumn)* RPAREN where? | ON CONSTRAINT identifier)? DO (NOTHING | UPDATE SET assignments where?)
    ;
returning
    : RETURNING (WITH LPAREN returnedRow (COMMA returnedRow)* RPAREN)? selectItem (COMMA selectItem)*
    ;
returnedRow : identifier AS identifier ;

mergeWhen
    : WHEN (MATCHED | NOT MATCHED (BY (SOURCE | TARGET))?) (AND expression)? THEN mergeAction
    ;
mergeAction
    : UPDATE SET assignments
    | DELETE
    | INSERT nameList? overriding? (VALUES valuesRow | DEFAULT VALUES)
    | DO NOTHING
    ;

alterTableAction
    : ADD COLUMN? ifNotExists? tableElement                                                                 # addToTable
    | DROP COLUMN? ifExists? identifier dropBehavior?                                                       # dropColumn
    | DROP CONSTRAINT ifExists? identifier dropBehavior?                                                    # dropConstraint
    | VALIDATE CONSTRAINT identifier                                                                        # validateConstraint
    | ALTER COLUMN? identifier (SET DEFAULT expression | DROP DEFAULT)                                      # alterDefault
    | ALTER COLUMN? identifier (SET | DROP) NOT NULL                                                        # alterNotNull
    | ALTER COLUMN? identifier (SET DATA)? TYPE typeName (COLLATE qualifiedName)? (USING expression)?       # alterType
    | ALTER COLUMN? identifier ADD GENERATED (ALWAYS | BY DEFAULT) AS IDENTITY
        (LPAREN sequenceOption+ RPAREN)?                                                                    # addIdentity
    | ALTER COLUMN? identifier identityChange+                                                              # alterIdentity
    | ALTER COLUMN? identifier DROP (IDENTITY | identifier) ifExists?                                       # dropGeneration
    | ALTER COLUMN? identifier SET identifier AS LPAREN expression RPAREN                                   # setExpression
    | OWNER TO (identifier | CURRENT_USER | SESSION_USER)                                                   # ownerTo
    | DROP PARTITION FOR LPAREN expression RPAREN                                                           # dropPartition
    | DROP identifier identifier expression?                                                                # dropPartitions
    | SET LPAREN tableOption (COMMA tableOption)* RPAREN                                                    # setTableOptions
    | RESET LPAREN parameterName (COMMA parameterName)* RPAREN                                                # resetTableOptions
    ;

partitionBy : PARTITION BY identifier LPAREN identifier (string | INTERVAL string intervalFields? | signedInteger)? RPAREN ;
tableOptions : WITH LPAREN tableOption (COMMA tableOption)* RPAREN ;
tableOption : parameterName (EQ settingValue)? ;
parameterName : label (DOT label)? ;

tableElement
    : identifier typeName columnConstraint*
    | tableConstraint
    | LIKE qualifiedName likeOption*
    ;
likeOption : identifier (ALL | identifier) ;
tableConstraint
    : (CONSTRAINT identifier)?
        ( PRIMARY KEY nameList
        | UNIQUE (NULLS NOT? DISTINCT)? nameList
        | CHECK LPAREN expression RPAREN
        | FOREIGN KEY nameList foreignReference
        | NOT NULL identifier
        )
        constraintTiming*
    ;
columnConstraint
    : (CONSTRAINT identifier)?
        ( NOT NULL
        | NULL
        | DEFAULT expression
        | PRIMARY KEY
        | UNIQUE (NULLS NOT? DISTINCT)?
        | CHECK LPAREN expression RPAREN
        | foreignReference
        | GENERATED (ALWAYS | BY DEFAULT) AS
            (IDENTITY (LPAREN sequenceOption+ RPAREN)? | LPAREN expression RPAREN (STORED | VIRTUAL)?)
        | COLLATE qualifiedName
        )
        constraintTiming*
    ;
constraintTiming : NOT? DEFERRABLE | INITIALLY (DEFERRED | IMMEDIATE) | NOT? ENFORCED | NOT VALID ;
foreignReference
    : REFERENCES qualifiedName nameList? (MATCH (FULL | PARTIAL | SIMPLE))? referentialRule*
    ;
referentialRule : ON (DELETE | UPDATE) (CASCADE | RESTRICT | NO ACTION | SET (NULL | DEFAULT) nameList?) ;

identityChange
    : RESTART (WITH? signedInteger)?
    | SET GENERATED (ALWAYS | BY DEFAULT)
    | SET sequenceOption
    ;

sequenceOption
    : AS typeName
    | INCREMENT BY? signedInteger
    | MINVALUE signedInteger
    | MAXVALUE signedInteger
    | NO (MINVALUE | MAXVALUE | CYCLE)
    | START WITH? signedInteger
    | RESTART (WITH? signedInteger)?
    | CACHE signedInteger
    | CYCLE
    | OWNED BY qualifiedName
    | SEQUENCE identifier qualifiedName
    ;
signedInteger : (PLUS | MINUS)? INTEGER ;

indexColumn : expression identifier? (ASC | DESC)? (NULLS (FIRST | LAST))? ;

transactionModes : transactionMode (COMMA? transactionMode)* ;
transactionMode
    : ISOLATION LEVEL (SERIALIZABLE | REPEATABLE READ | READ COMMITTED | READ UNCOMMITTED)
    | READ ONLY
    | READ WRITE
    | NOT? DEFERRABLE
    | asOf
    ;
asOf : AS_OF OF SYSTEM TIME expression ;

settingName : identifier (DOT identifier)* ;
settingValue : string | (PLUS | MINUS)? number | label | INTERVAL string intervalFields? ;

copyTarget : string | STDOUT | PROGRAM string ;
copySource : string | STDIN | PROGRAM string ;
copyOptions
    : LPAREN copyOption (COMMA copyOption)* RPAREN
    | legacyCopyOption+
    ;
copyOption : label (string | MINUS? number | label | STAR | nameList)? ;
legacyCopyOption
    : (DELIMITER | NULL | QUOTE | ESCAPE | ENCODING) AS? string
    | (CSV | HEADER | FREEZE)
    ;

explainOption : label (string | number | label)? ;

// ------------------------------------------------------------------------------------------------------ property graphs

vertexTables : (VERTEX | NODE) TABLES LPAREN vertexTable (COMMA vertexTable)* COMMA? RPAREN ;
edgeTables : (EDGE | RELATIONSHIP) TABLES LPAREN edgeTable (COMMA edgeTable)* COMMA? RPAREN ;
graphAlteration
    : ADD (vertexTables (ADD? edgeTables)? | edgeTables)                                                    # addGraphTables
    | DROP elementKind TABLES nameList dropBehavior?                                                        # dropGraphTables
    | ALTER elementKind TABLE identifier (ADD addedLabel)+                                                  # addGraphLabels
    | ALTER elementKind TABLE identifier DROP LABEL identifier dropBehavior?                                # dropGraphLabel
    | ALTER elementKind TABLE identifier ALTER LABEL identifier
        ADD PROPERTIES LPAREN property (COMMA property)* RPAREN                                             # addGraphProperties
    | ALTER elementKind TABLE identifier ALTER LABEL identifier DROP PROPERTIES nameList dropBehavior?      # dropGraphProperties
    | RENAME TO identifier                                                                                  # renameGraph
    | SET SCHEMA identifier                                                                                 # moveGraph
    ;
elementKind : VERTEX | NODE | EDGE | RELATIONSHIP ;
addedLabel : LABEL identifier properties? ;

vertexTable : qualifiedName (AS identifier)? (KEY nameList)? elementLabel* ;
edgeTable
    : qualifiedName (AS identifier)? (KEY nameList)? SOURCE endpoint DESTINATION endpoint elementLabel*
    ;
endpoint : KEY nameList REFERENCES identifier nameList? | identifier ;
elementLabel : (LABEL identifier | DEFAULT LABEL) properties? | properties ;
properties
    : NO PROPERTIES
    | PROPERTIES ARE? ALL COLUMNS (EXCEPT nameList)?
    | PROPERTIES LPAREN property (COMMA property)* RPAREN
    ;
property : expression (AS label)? ;

graphTable
    : GRAPH_TABLE LPAREN qualifiedName matchClause (OPTIONAL matchClause)* (IDENT ROW PER MATCH)?
        COLUMNS LPAREN property (COMMA property)* RPAREN RPAREN
    ;
matchClause : MATCH pathPattern (COMMA pathPattern)* where? ;
pathPattern : (identifier EQ)? pathPrefix* pathElement+ ;
pathPrefix : ANY | ALL | SHORTEST | TRAIL | ACYCLIC | SIMPLE | WALK | PATH | GROUP | GROUPS | IDENT | INTEGER ;
pathElement
    : LPAREN elementFiller RPAREN                                                                           # vertexPattern
    | LPAREN pathElement+ where? edgeCost? RPAREN quantifier?                                               # groupPattern
    | (LT MINUS | MINUS) LBRACKET elementFiller RBRACKET MINUS GT? quantifier?                              # edgePattern
    | (LT MINUS GT? | MINUS GT?) quantifier?                                                                # shortEdgePattern
    | (LT? TILDE) (LBRACKET elementFiller RBRACKET TILDE)? GT? quantifier?                                  # undirectedEdgePattern
    ;
elementFiller : identifier? ((IS | COLON) labelExpression)? where? edgeCost? ;
edgeCost : IDENT expression ;
labelExpression : labelConjunction (BAR labelConjunction)* ;
labelConjunction : labelTerm (AMP labelTerm)* ;
labelTerm : identifier | PERCENT | BANG labelTerm | LPAREN labelExpression RPAREN ;
quantifier
    : LBRACE INTEGER RBRACE
    | LBRACE INTEGER? COMMA INTEGER? RBRACE
    | STAR
    | PLUS
    | QUESTION
    ;

// -------------------------------------------------------------------------------------------------------------- queries

query : withClause? queryBody (ORDER BY (orderAll | orderItem (COMMA orderItem)*))? (limitClause | lockingClause)* ;

withClause : WITH RECURSIVE? commonTable (COMMA commonTable)* ;
commonTable
    : identifier nameList? AS (NOT? MATERIALIZED)? (QUERY_OPEN query | LPAREN statement) RPAREN searchClause? cycleClause?
    ;
/** SEARCH, then DEPTH or BREADTH. */
searchClause : IDENT IDENT FIRST BY identifier (COMMA identifier)* SET identifier ;
cycleClause
    : CYCLE identifier (COMMA identifier)* SET identifier (TO expression DEFAULT expression)? USING identifier
    ;

queryBody : queryPrimary (setOperator queryPrimary)* ;
setOperator : (UNION | INTERSECT | EXCEPT) (ALL | DISTINCT)? ;

queryPrimary
    : SELECT setQuantifier? (selectItem (COMMA selectItem)* COMMA?)? (FROM fromList)?
        asOf? where? groupBy? having? windowClause? qualify?                                                # select
    | FROM fromList (SELECT setQuantifier? selectItem (COMMA selectItem)* COMMA?)?
        asOf? where? groupBy? having? windowClause? qualify?                                                # fromFirst
    | VALUES valuesRow (COMMA valuesRow)*                                                                   # values
    | TABLE ONLY? qualifiedName                                                                             # explicitTable
    | QUERY_OPEN query RPAREN                                                                               # nestedQuery
    ;

setQuantifier : ALL | DISTINCT (ON LPAREN expressionList RPAREN)? ;
selectItem
    : STAR starChange?
    | expression (starChange | AS label | identifier)?
    ;
starChange
    : EXCLUDE (nameList | identifier)
    | REPLACE LPAREN replacement (COMMA replacement)* RPAREN
    ;
replacement : expression AS? identifier ;
where : WHERE expression ;
groupBy : GROUP BY (ALL | (ALL | DISTINCT)? groupItem (COMMA groupItem)*) ;
groupItem
    : LPAREN RPAREN
    | (ROLLUP | CUBE) LPAREN expressionList RPAREN
    | GROUPING SETS LPAREN groupItem (COMMA groupItem)* RPAREN
    | expression
    ;
having : HAVING expression ;
qualify : QUALIFY expression ;
windowClause : WINDOW namedWindow (COMMA namedWindow)* ;
namedWindow : identifier AS LPAREN windowSpecification RPAREN ;

valuesRow : LPAREN rowItem (COMMA rowItem)* RPAREN | QUERY_OPEN query RPAREN ;
rowItem : DEFAULT | expression ;

orderAll : ALL (ASC | DESC)? (NULLS (FIRST | LAST))? ;
orderItem : expression (ASC | DESC)? (NULLS (FIRST | LAST))? ;
limitClause
    : LIMIT (ALL | expression)
    | OFFSET expression (ROW | ROWS)?
    | FETCH (FIRST | NEXT) expression? (ROW | ROWS) (ONLY | WITH TIES)
    ;
lockingClause : FOR (NO KEY)? (UPDATE | KEY? SHARE) (OF qualifiedName (COMMA qualifiedName)*)? (NOWAIT | identifier identifier)? ;

fromList : tableReference (COMMA tableReference)* COMMA? ;
tableReference : tablePrimary joinedTable* ;
joinedTable
    : CROSS JOIN tablePrimary                                                                               # crossJoin
    | NATURAL joinType? JOIN tablePrimary                                                                   # naturalJoin
    | joinType? JOIN tableReference (ON expression | USING nameList)                                        # qualifiedJoin
    | ASOF_JOIN joinType? JOIN tableReference (ON expression | USING nameList)                              # asofJoin
    ;
joinType : INNER | (LEFT | RIGHT | FULL) OUTER? ;

tablePrimary
    : ONLY? qualifiedName tableAlias?                                                                       # namedTable
    | string tableAlias?                                                                                    # fileTable
    | LATERAL? QUERY_OPEN query RPAREN tableAlias?                                                          # derivedTable
    | LATERAL? graphTable tableAlias?                                                                       # graphTablePrimary
    | LATERAL? jsonTable tableAlias?                                                                        # jsonTablePrimary
    | LATERAL? functionCall (WITH ORDINALITY)? (tableAlias | recordAlias)?                                                  # functionTable
    | LPAREN tableReference RPAREN tableAlias?                                                              # nestedJoin
    ;
tableAlias : AS? identifier nameList? ;
recordAlias : (AS? identifier | AS) LPAREN identifier typeName (COMMA identifier typeName)* RPAREN ;

// ---------------------------------------------------------------------------------------------------------- expressions

expressionList : expression (COMMA expression)* ;

expression : operand operatorTail* ;

operatorTail
    : binaryOperator operand                                                                                # binaryTail
    | quantifiable (ANY | SOME | ALL) (QUERY_OPEN query RPAREN | LPAREN expression RPAREN)                    # quantifiedTail
    | IS NOT? (NULL | TRUE | FALSE | UNKNOWN | DISTINCT FROM operand)                                       # isTail
    | IS NOT? IDENT (VALUE | SCALAR | ARRAY | OBJECT)? ((WITH | WITHOUT) UNIQUE KEYS?)?                     # jsonTail
    | (ISNULL | NOTNULL)                                                                                    # nullTail
    | NOT? BETWEEN (SYMMETRIC | ASYMMETRIC)? bound AND operand                                              # betweenTail
    | NOT? IN (QUERY_OPEN query RPAREN | LPAREN inItem (COMMA inItem)* RPAREN)                              # inTail
    | NOT? (LIKE | ILIKE | SIMILAR TO) ((ANY | ALL) LPAREN expression RPAREN | operand)                     # likeTail
    | OVERLAPS operand                                                                                      # overlapsTail
    | ESCAPE operand                                                                                        # escapeTail
    | AT TIME ZONE operand                                                                                  # timeZoneTail
    | COLLATE collation                                                                                     # collateTail
    ;

collation : (identifier DOT)* (identifier | DEFAULT) ;

/** What may stand before the AND of BETWEEN, and before IN in POSITION: no logic, no comparison. */
bound : operand (boundOperator operand)* ;
boundOperator : arithmetic | concatenation | symbolic ;

inItem : LITERAL_LIST | expression ;

binaryOperator : OR | AND | comparison | arithmetic | concatenation | symbolic ;
quantifiable : comparison | OPERATOR LPAREN (identifier DOT)* operatorCharacter RPAREN ;
comparison : LT | GT | EQ | LE | GE | NE ;
arithmetic : PLUS | MINUS | STAR | SLASH | PERCENT | CARET ;
concatenation : CONCAT ;
symbolic
    : MINUS GT GT?
    | HASH MINUS? GT? GT?
    | AT_SIGN (GT | QUESTION | AT_SIGN)
    | (QUESTION | ESCAPED_QUESTION) (BAR | AMP)?
    | LT AT_SIGN
    | LT LT
    | GT GT
    | AMP AMP?
    | BAR
    | BANG? TILDE TILDE? STAR?
    | OPERATOR LPAREN (identifier DOT)* operatorCharacter+ RPAREN
    ;
operatorCharacter
    : LT | GT | EQ | LE | GE | NE | PLUS | MINUS | STAR | SLASH | PERCENT | CARET | CONCAT | HASH | AT_SIGN | AMP | BAR | BANG
    | TILDE
    ;

operand : prefix* primary suffix* ;
prefix : NOT | PLUS | MINUS | TILDE ;
suffix
    : CAST_OPERATOR typeName                                                                                # castSuffix
    | itemPlace                                                                                             # itemSuffix
    | DOT (identifier | STAR)                                                                               # fieldSuffix
    ;
itemPlace : LBRACKET expression? (COLON expression?)? RBRACKET ;

primary
    : literal                                                                                               # literalPrimary
    | (QUESTION | PARAMETER)                                                                                # parameter
    | QUERY_OPEN query RPAREN                                                                               # scalarSubquery
    | LPAREN expression (COMMA expression)* RPAREN                                                          # parenthesized
    | ROW LPAREN expressionList? RPAREN                                                                     # rowConstructor
    | EXISTS QUERY_OPEN query RPAREN                                                                        # exists
    | ARRAY (arrayItems | QUERY_OPEN query RPAREN)                                                          # arrayConstructor
    | CASE expression? (WHEN expression THEN expression)+ (ELSE expression)? END                            # caseExpression
    | CAST LPAREN expression AS typeName RPAREN                                                             # cast
    | EXTRACT LPAREN (label | string) FROM expression RPAREN                                                # extract
    | SUBSTRING LPAREN expression
        ((COMMA expression)* | FROM expression (FOR expression)? | FOR expression (FROM expression)?) RPAREN # substring
    | POSITION LPAREN bound IN expression RPAREN                                                            # position
    | TRIM LPAREN (BOTH | LEADING | TRAILING)?
        (FROM expression | expression ((FROM | COMMA) expression)?) RPAREN                                  # trim
    | OVERLAY LPAREN expression PLACING expression FROM expression (FOR expression)? RPAREN                 # overlay
    | INTERVAL (LPAREN INTEGER RPAREN)? string intervalFields?                                              # intervalLiteral
    | typedLiteralName string                                                                               # typedLiteral
    | (CURRENT_DATE | CURRENT_USER | CURRENT_ROLE | SESSION_USER | USER | CURRENT_CATALOG | CURRENT_SCHEMA
        | (CURRENT_TIME | CURRENT_TIMESTAMP | LOCALTIME | LOCALTIMESTAMP) (LPAREN INTEGER RPAREN)?)         # currentValue
    | jsonFunction                                                                                          # jsonPrimary
    | jsonConstructor                                                                                       # jsonConstructorPrimary
    | functionCall                                                                                          # functionPrimary
    | identifier (DOT identifier)* (DOT STAR)?                                                              # columnReference
    ;

arrayItems : LBRACKET (arrayItem (COMMA arrayItem)*)? RBRACKET ;
arrayItem : arrayItems | expression ;

typedLiteralName
    : (TIME | TIMESTAMP) (LPAREN INTEGER RPAREN)? ((WITH | WITHOUT) TIME ZONE)?
    | DOUBLE PRECISION
    | IDENT
    | QUOTED_IDENT
    ;

/** The query functions of SQL/JSON: IDENT is JSON, or STRING. */
jsonFunction
    : (JSON_EXISTS | JSON_QUERY | JSON_VALUE) LPAREN expression jsonFormat? COMMA expression jsonPassing?
        (RETURNING typeName jsonFormat?)? jsonWrapper? jsonQuotes? jsonBehaviour* RPAREN
    ;
jsonConstructor
    : JSON_OBJECT LPAREN (jsonMember (COMMA jsonMember)*)? jsonNulls? ((WITH | WITHOUT) UNIQUE KEYS?)? jsonReturning? RPAREN # jsonObject
    | JSON_ARRAY LPAREN (jsonElement (COMMA jsonElement)*)? jsonNulls? jsonReturning? RPAREN                # jsonArray
    | JSON_ARRAY QUERY_OPEN query jsonFormat? jsonReturning? RPAREN                                         # jsonArrayQuery
    | JSON_OBJECTAGG LPAREN jsonMember jsonNulls? ((WITH | WITHOUT) UNIQUE KEYS?)? jsonReturning? RPAREN filter? over? # jsonObjectAgg
    | JSON_ARRAYAGG LPAREN jsonElement (ORDER BY orderItem (COMMA orderItem)*)? jsonNulls? jsonReturning? RPAREN
        filter? over?                                                                                       # jsonArrayAgg
    | JSON_SCALAR LPAREN expression RPAREN                                                                  # jsonScalar
    | JSON_SERIALIZE LPAREN jsonElement jsonReturning? RPAREN                                               # jsonSerialize
    ;
jsonMember : expression (COLON | VALUE) jsonElement ;
jsonElement : expression jsonFormat? ;
jsonNulls : (NULL | ABSENT) ON NULL ;
jsonReturning : RETURNING typeName jsonFormat? ;
jsonFormat : FORMAT IDENT ;
jsonPassing : PASSING jsonVariable (COMMA jsonVariable)* ;
jsonVariable : expression jsonFormat? AS label ;
jsonWrapper : (WITH | WITHOUT) (CONDITIONAL | UNCONDITIONAL)? ARRAY? WRAPPER ;
jsonQuotes : (KEEP | OMIT) QUOTES (ON SCALAR IDENT)? ;
jsonBehaviour
    : (ERROR | NULL | TRUE | FALSE | UNKNOWN | EMPTY (ARRAY | OBJECT)? | DEFAULT expression) ON (EMPTY | ERROR)
    ;

jsonTable
    : JSON_TABLE LPAREN expression jsonFormat? COMMA string (AS identifier)? jsonPassing? jsonColumns jsonBehaviour? RPAREN
    ;
jsonColumns : COLUMNS LPAREN jsonColumn (COMMA jsonColumn)* RPAREN ;
jsonColumn
    : NESTED PATH? string (AS identifier)? jsonColumns                                                      # nestedColumns
    | identifier FOR ORDINALITY                                                                             # ordinalityColumn
    | identifier typeName EXISTS? jsonFormat? (PATH string)? jsonWrapper? jsonQuotes? jsonBehaviour*        # valueColumn
    ;

functionCall
    : functionName (LPAREN functionArguments? (jsonFormat | jsonFormat? (WITH | WITHOUT) UNIQUE KEYS?)? RPAREN | QUERY_OPEN query RPAREN) withinGroup? filter? over?
    ;
functionName
    : (identifier DOT)+ (identifier | LEFT | RIGHT | GROUPING | CURRENT_SCHEMA | LIKE | ILIKE | OVERLAPS)
    | IDENT | QUOTED_IDENT | callable | LEFT | RIGHT | GROUPING | CURRENT_SCHEMA | LIKE | ILIKE | OVERLAPS
    ;
functionArguments
    : STAR
    | (ALL | DISTINCT)? functionArgument (COMMA functionArgument)* (ORDER BY orderItem (COMMA orderItem)*)?
    ;
functionArgument : (identifier ARROW)? expression ;
withinGroup : WITHIN GROUP LPAREN ORDER BY orderItem (COMMA orderItem)* RPAREN ;
filter : FILTER LPAREN WHERE expression RPAREN ;
over : OVER (identifier | LPAREN windowSpecification RPAREN) ;
windowSpecification
    : identifier? (PARTITION BY expressionList)? (ORDER BY orderItem (COMMA orderItem)*)? windowFrame?
    ;
windowFrame
    : (ROWS | RANGE | GROUPS) (frameBound | BETWEEN frameBound AND frameBound)
        (EXCLUDE (CURRENT ROW | GROUP | TIES | NO OTHERS))?
    ;
frameBound
    : UNBOUNDED (PRECEDING | FOLLOWING)
    | CURRENT ROW
    | bound (PRECEDING | FOLLOWING)
    ;

literal : number | string | HEX_STRING | TRUE | FALSE | NULL ;
number : INTEGER | DECIMAL | APPROXIMATE | HEX_INTEGER ;
string : STRING+ | ESCAPE_STRING | DOLLAR_STRING ;

intervalFields : intervalField (LPAREN INTEGER RPAREN)? (TO intervalField (LPAREN INTEGER RPAREN)?)? ;
intervalField : YEAR | MONTH | DAY | HOUR | MINUTE | SECOND ;

typeName : simpleType (ARRAY (LBRACKET INTEGER RBRACKET)? | (LBRACKET INTEGER? RBRACKET)*) ;
simpleType
    : DOUBLE PRECISION
    | CHARACTER IDENT? (LPAREN INTEGER RPAREN)?
    | (TIME | TIMESTAMP) (LPAREN INTEGER RPAREN)? ((WITH | WITHOUT) TIME ZONE)?
    | INTERVAL intervalFields? (LPAREN INTEGER RPAREN)?
    | (identifier DOT)* identifier (LPAREN INTEGER (COMMA INTEGER)? RPAREN)?
    ;

// ---------------------------------------------------------------------------------------------------------------- names

nameList : LPAREN identifier (COMMA identifier)* RPAREN ;
qualifiedName : identifier (DOT identifier)* ;

identifier : IDENT | QUOTED_IDENT | nonReserved ;

/** A name after AS: keywords too. */
label : identifier | reserved ;

nonReserved
    : EXTRACT | POSITION | SUBSTRING | TRIM | JSON_ARRAY | JSON_ARRAYAGG | JSON_EXISTS | JSON_OBJECT | JSON_OBJECTAGG | JSON_QUERY | JSON_SCALAR | JSON_SERIALIZE
    | JSON_TABLE | JSON_VALUE | callable
    ;

/** Without those before whose parenthesis a syntax of their own is meant, so that one token decides. */
callable
    : CUBE | OVERLAY | PRECISION | ROLLUP | TIME | TIMESTAMP | CHARACTER | DOUBLE
    | INTERVAL
    | ABORT | ACTION | ADD | ALTER | ALWAYS | ARE | AT | BACKUP | BEGIN | BY | CASCADE | CHAIN | CHARACTERISTICS | CHECKPOINT | COLUMN | COLUMNS
    | COMMENT | COMMIT | COMMITTED | CONFLICT | CONTINUE | COPY | CSV | CURRENT | DATA | DATABASE | DEALLOCATE | DELETE | DELIMITER
    | DESCRIBE | DESTINATION | DISCARD | DO | DROP | EDGE | ENCODING | ESCAPE | EXCLUDE | EXECUTE | EXPLAIN | EXPORT | EXTENSION | FILTER
    | FIRST | FOLLOWING | FORMAT | FREEZE | FUNCTION | GENERATED | GRANT | GRAPH | GROUPS | HEADER | IDENTITY | IF | IMPORT | INCLUDE
    | INDEX | INSERT | ISOLATION | KEY | LABEL | LAST | LEVEL | LISTEN | LOCAL | LOCK | LOCKS | MATCH | MATCHED | MATERIALIZED | MERGE | NAMES
    | NEXT | NO | NODE | NORMALIZED | NOTHING | NOTIFY | NOWAIT | NULLS | OF | OPERATOR | ORDINALITY | OTHERS | OVER | OVERRIDING
    | PARTITION | PATH | PER | PRECEDING | PREPARE | PROGRAM | PROPERTIES | PROPERTY | QUOTE | RANGE | READ | RECURSIVE
    | REFRESH | REINDEX | RELATIONSHIP | RELEASE | RENAME | REPEATABLE | REPLACE | RESET | RESTART | RESTRICT | REVOKE | ROLE | ROLLBACK | ROWS | SAVEPOINT
    | SCHEMA | SCHEMAS | SEQUENCE | SERIALIZABLE | SESSION | SET | SETS | SHARE | SHORTEST | SHOW | SOURCE | START | STDIN
    | STDOUT | TABLES | TEMP | TEMPORARY | TIES | TRAIL | TRANSACTION | TRIGGER | TRUNCATE | TYPE | UNBOUNDED | UNCOMMITTED
    | UNKNOWN | UNLISTEN | UNLOGGED | UPDATE | VACUUM | VERTEX | VIEW | WALK | WITHIN | WITHOUT | WORK | WRITE | ZONE | ACYCLIC
    | SIMPLE | OPTIONAL | YEAR | MONTH | DAY | HOUR | MINUTE | SECOND
    | SYSTEM | TARGET | VALUE
    | CONCURRENTLY | DEFERRED | ENFORCED | IMMEDIATE | INITIALLY | PARTIAL | VALID
    | CACHE | CYCLE | INCREMENT | MAXVALUE | MINVALUE | OWNED | STORED | VIRTUAL
    | OWNER | VALIDATE
    | ABSENT | CONDITIONAL | EMPTY | ERROR | KEEP | KEYS | NESTED | OBJECT | OMIT | PASSING | QUOTES | SCALAR | UNCONDITIONAL | WRAPPER
    ;

reserved
    : ALL | ANALYZE | AND | ANY | ARRAY | AS | ASC | ASYMMETRIC | BETWEEN | BOTH | CASE | CAST | CHECK | COLLATE | CONSTRAINT
    | CREATE | CURRENT_CATALOG | CURRENT_DATE | CURRENT_ROLE | CURRENT_TIME | CURRENT_TIMESTAMP | CURRENT_USER | DEFAULT
    | DEFERRABLE | DESC | DISTINCT | ELSE | END | EXCEPT | EXISTS | FALSE | FETCH | FOR | FOREIGN | FROM | GRAPH_TABLE | GROUP
    | HAVING | IN | INTERSECT | INTO | LATERAL | LEADING | LIMIT | LOCALTIME | LOCALTIMESTAMP | NOT | NULL | OFFSET | ON | ONLY
    | OR | ORDER | PLACING | PRIMARY | QUALIFY | REFERENCES | RETURNING | ROW | SELECT | SESSION_USER | SOME | SYMMETRIC | TABLE
    | THEN | TO | TRAILING | TRUE | UNION | UNIQUE | USER | USING | VALUES | WHEN | WHERE | WINDOW | WITH
    | AUTHORIZATION | CROSS | CURRENT_SCHEMA | FULL | GROUPING | ILIKE | INNER | IS | ISNULL | JOIN | LEFT | LIKE | NATURAL
    | NOTNULL | OUTER | OVERLAPS | RIGHT | SIMILAR | TABLESAMPLE | VERBOSE
    ;

// --------------------------------------------------------------------------------------------------------------- tokens

LPAREN : '(' ;
RPAREN : ')' ;
LBRACKET : '[' ;
RBRACKET : ']' ;
LBRACE : '{' ;
RBRACE : '}' ;
COMMA : ',' ;
SEMICOLON : ';' ;
DOT : '.' ;
COLON : ':' ;
CAST_OPERATOR : '::' ;
ARROW : '=>' | ':=' ;
PLUS : '+' ;
MINUS : '-' ;
STAR : '*' ;
SLASH : '/' ;
PERCENT : '%' ;
CARET : '^' ;
LT : '<' ;
GT : '>' ;
EQ : '=' ;
LE : '<=' ;
GE : '>=' ;
NE : '<>' | '!=' ;
CONCAT : '||' ;
BAR : '|' ;
AMP : '&' ;
HASH : '#' ;
AT_SIGN : '@' ;
BANG : '!' ;
TILDE : '~' ;
QUESTION : '?' ;
/** The operator ? in a statement whose parameters are ?. */
ESCAPED_QUESTION : '??' ;

PARAMETER : '$' DIGIT+ ;
INTEGER : DIGITS ;
HEX_INTEGER : '0' [xX] ('_'? [0-9a-fA-F])+ ;
DECIMAL : DIGITS '.' DIGITS? | '.' DIGITS ;
APPROXIMATE : (DIGITS ('.' DIGITS?)? | '.' DIGITS) [eE] [+-]? DIGITS ;
/** A number that runs into a name, as in 12abc. */
BAD_NUMBER : (DIGITS ('.' DIGITS?)? | '.' DIGITS) IDENT_START IDENT_PART* | '$' DIGIT+ IDENT_START IDENT_PART* ;

STRING : '\'' (~'\'' | '\'\'')* '\'' ;
ESCAPE_STRING : [eE] '\'' (~['\\] | '\'\'' | '\\' .)* '\'' ;
HEX_STRING : [xX] '\'' ~'\''* '\'' ;
DOLLAR_STRING : '$' (IDENT_START (IDENT_START | DIGIT)*)? '$' { dollarString(); } ;
UNTERMINATED_STRING : [eExX]? '\'' (~'\'' | '\'\'')* ;
UNTERMINATED_DOLLAR_STRING : '$$$unterminated' ;

IDENT : IDENT_START IDENT_PART* ;
QUOTED_IDENT : '"' (~'"' | '""')* '"' ;
UNTERMINATED_IDENT : '"' (~'"' | '""')* ;

WHITESPACE : [ \t\r\n\f\u000B\u00A0\u2000-\u200B\u2028\u2029\u3000\uFEFF]+ -> skip ;
LINE_COMMENT : '--' ~[\r\n]* -> skip ;
BLOCK_COMMENT : '/*' { blockComment(); } ;
UNTERMINATED_COMMENT : '/*unterminated' ;

/** Anything else. */
STRAY : . ;

fragment DIGIT : [0-9] ;
fragment DIGITS : DIGIT+ ('_' DIGIT+)* ;
fragment IDENT_START : [a-zA-Z_\u0080-\u009F\u00A1-\u1FFF\u200C-\u2027\u202A-\u2FFF\u3001-\uFEFE\uFF00-\uFFFF] ;
fragment IDENT_PART : IDENT_START | DIGIT | '$' ;
