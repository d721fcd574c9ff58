/*
 * The SQL/JSON path language as PostgreSQL has it (manual, 9.16.2).
 *
 * - Keywords are not lexer rules: the lexer emits IDENT, and PathTokens gives it the type of the keyword it spells.
 * - Values and predicates are one kind of expression here; PathReader refuses the one where only the other may stand.
 */
grammar JsonPath;

tokens {
    STRICT, LAX, TO, NULL, TRUE, FALSE, IS, UNKNOWN, EXISTS, LAST, STARTS, WITH, LIKE_REGEX, FLAG, METHOD
}

path : strictness=(STRICT | LAX)? expression EOF ;

expression : conjunction (OR conjunction)* ;
conjunction : condition (AND condition)* ;
condition : NOT delimited | comparison ;
comparison
    : sum (comparator=(EQ | NE | LT | LE | GT | GE) right=sum
        | STARTS WITH initial=(STRING | VARIABLE)
        | LIKE_REGEX pattern=STRING (FLAG flags=STRING)?
        | IS UNKNOWN)?
    ;
sum : product (operator product)* ;
operator : PLUS | MINUS ;
product : signed (factorOperator signed)* ;
factorOperator : STAR | SLASH | PERCENT ;
signed : operator* accessed ;
accessed : primary accessor* ;
primary
    : STRING | NUMBER | NULL | TRUE | FALSE | VARIABLE | ROOT | CURRENT | LAST
    | delimited
    ;
delimited : EXISTS? LPAREN expression RPAREN ;

accessor
    : DOT key                                           # memberAccessor
    | DOT METHOD LPAREN arguments? RPAREN               # methodAccessor
    | DOT STAR                                          # anyMemberAccessor
    | DOT ANY (LBRACE level (TO level)? RBRACE)?        # anyLevelAccessor
    | LBRACKET STAR RBRACKET                            # anyElementAccessor
    | LBRACKET subscript (COMMA subscript)* RBRACKET    # elementsAccessor
    | QUESTION LPAREN expression RPAREN                 # filterAccessor
    ;
key
    : IDENT | STRING | STRICT | LAX | TO | NULL | TRUE | FALSE | IS | UNKNOWN | EXISTS | LAST | STARTS | WITH | LIKE_REGEX
    | FLAG | METHOD
    ;
level : NUMBER | LAST ;
subscript : sum (TO sum)? ;
arguments : argument (COMMA argument)* ;
argument : operator? NUMBER | STRING ;

NUMBER : REAL | DECIMAL | INTEGER | RADIX ;
JUNK : (REAL | DECIMAL | INTEGER | RADIX) OTHER ;
NO_NUMBER : (INTEGER | DECIMAL) [Ee] [-+] ;
VARIABLE : '$' (OTHER+ | '"' QUOTED* '"') ;
OPEN_VARIABLE : '$"' QUOTED* '\\'? ;
ROOT : '$' ;
STRING : '"' QUOTED* '"' ;
OPEN_STRING : '"' QUOTED* '\\'? ;
IDENT : (OTHER | ESCAPE)+ ;
OPEN_IDENT : (OTHER | ESCAPE)* '\\' ;

OR : '||' ;
AND : '&&' ;
EQ : '==' ;
NE : '<>' | '!=' ;
LE : '<=' ;
GE : '>=' ;
LT : '<' ;
GT : '>' ;
NOT : '!' ;
ANY : '**' ;
STAR : '*' ;
PLUS : '+' ;
MINUS : '-' ;
SLASH : '/' ;
PERCENT : '%' ;
CURRENT : '@' ;
DOT : '.' ;
COMMA : ',' ;
QUESTION : '?' ;
LPAREN : '(' ;
RPAREN : ')' ;
LBRACKET : '[' ;
RBRACKET : ']' ;
LBRACE : '{' ;
RBRACE : '}' ;

BLANK : [ \t\n\r\f]+ -> skip ;
COMMENT : '/*' .*? ('*/' | EOF) -> channel(HIDDEN) ;
OTHER_CHARACTER : . ;

fragment OTHER : ~[?%$.[\]{}()|&!=<>@#,*:\-+/ \t\n\r\f"\\] ;
fragment ESCAPE : '\\u{' [0-9a-fA-F]* '}' | '\\' . ;
fragment QUOTED : ESCAPE | ~["\\] ;
fragment DIGITS : [0-9] ('_'? [0-9])* ;
fragment INTEGER : '0' | [1-9] ('_'? [0-9])* ;
fragment DECIMAL : INTEGER '.' DIGITS? | '.' DIGITS ;
fragment REAL : (INTEGER | DECIMAL) [Ee] [-+]? DIGITS ;
fragment RADIX
    : '0' [xX] '_'? [0-9a-fA-F] ('_'? [0-9a-fA-F])*
    | '0' [oO] '_'? [0-7] ('_'? [0-7])*
    | '0' [bB] '_'? [01] ('_'? [01])*
    ;
