/** A condition on one column of a list; all conditions of a filter must hold. The spelling is the wire's. */
export type TextOperator = '=' | 'contains' | 'does not contain' | 'starts with' | 'ends with' | 'matches';
export type NumberOperator = '=' | '>' | '<' | '>=' | '<=';

export type Condition =
  | { type: 'datetime'; column: string; operator: '>' | '<' | '>=' | '<='; value: string }
  | { type: 'string'; column: string; operator: TextOperator; value: string }
  | { type: 'number'; column: string; operator: NumberOperator; value: number }
  | { type: 'stringOptions'; column: string; operator: 'any of' | 'none of'; value: string[] }
  | { type: 'categoryOptions'; column: string; key: string; operator: 'any of' | 'none of'; value: string[] }
  | { type: 'arrayOptions'; column: string; operator: 'any of' | 'none of' | 'all of'; value: string[] }
  | { type: 'stringObject'; column: string; key: string; operator: TextOperator; value: string }
  | { type: 'numberObject'; column: string; key: string; operator: NumberOperator; value: number }
  | { type: 'booleanObject'; column: string; key: string; operator: '=' | '<>'; value: boolean }
  | { type: 'boolean'; column: string; operator: '=' | '<>'; value: boolean }
  | { type: 'null'; column: string; operator: 'is null' | 'is not null' };

export type Filter = Condition[];
